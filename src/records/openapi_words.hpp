#pragma once
// Internal to openapi.cpp: what each route asks and answers, in words.

#include <array>
#include <string_view>

#include "web/message.hpp"

namespace greffier::records::openapi_parts {

using web::Method;

/// What a route asks and answers; `path` is the end of its address.
struct Words {
    Method method;
    std::string_view path, id, summary;
    std::string_view parameters = "";     ///< names of #/components/parameters
    std::string_view body = "";           ///< schema of the body; "record" is the register's own, "file" a file
    std::string_view answer = "";         ///< schema of the answer; "" for none
    int status = 200;
    std::string_view errors = "";
    std::string_view only = "";           ///< registers that have it; "" for all
};
inline constexpr std::array words_of{
    Words{Method::Get, "/api/v1/openapi.json", "describe", "This description", "", "", "any"},
    Words{Method::Get, "/api/v1/organisations", "list_organisations", "Organisations the token reaches", "page per_page", "", "organisation_list", 200, "422"},
    Words{Method::Get, "/{organisation}", "show_organisation", "One organisation", "", "", "organisation", 200, "404"},
    Words{Method::Post, "/api/v1/organisations", "create_organisation", "One more below the token's organisation, for a person who runs the branch or the installation", "idempotency_key", "new_organisation", "organisation", 201, "400 409 415 422"},
    Words{Method::Post, "/move", "move_organisation", "Put it under another organisation, or under none; for a person who runs the installation", "", "move", "organisation", 200, "400 404 415 422"},
    Words{Method::Post, "/close", "close_organisation", "Archive it: read, and no more written", "", "", "organisation", 200, "404 409"},
    Words{Method::Post, "/reopen", "reopen_organisation", "Open an archived organisation again", "", "", "organisation", 200, "404 409"},
    Words{Method::Get, "/people", "list_people", "Who holds a role here, by name", "after per_page", "", "person_list", 200, "404 422"},
    Words{Method::Post, "/people", "add_person", "Give a role to a person, who is invited when they have no account", "idempotency_key", "new_person", "person", 201, "400 404 409 415 422"},
    Words{Method::Get, "/people/{id}", "show_person", "One person and the roles they hold", "", "", "person", 200, "404"},
    Words{Method::Put, "/roles/{role}", "grant_role", "Grant a role, or change its terms", "", "grant", "person", 200, "400 404 409 415 422"},
    Words{Method::Delete, "/roles/{role}", "revoke_role", "Take back a role that was granted here", "", "", "", 204, "404 409"},
    Words{Method::Get, "/access-reviews", "list_access_reviews", "Reviews of access, newest first", "after per_page", "", "access_review_list", 200, "404 422"},
    Words{Method::Post, "/access-reviews", "start_access_review", "Take down who may enter now", "idempotency_key", "", "access_review", 201, "404 409"},
    Words{Method::Get, "/access-reviews/{review}", "show_access_review", "One review", "", "", "access_review", 200, "404"},
    Words{Method::Delete, "/access-reviews/{review}", "abandon_access_review", "Take an unfinished review back", "", "", "", 204, "404 409"},
    Words{Method::Get, "/{review}/lines", "list_reviewed_access", "Who may enter, since when, last seen, and what was decided", "after per_page", "", "reviewed_access_list", 200, "404 422"},
    Words{Method::Post, "/{review}/verdicts", "decide_access_review", "Say which accesses are kept and which are removed; ids of lines", "", "verdicts", "access_review", 200, "400 404 409 415 422"},
    Words{Method::Post, "/{review}/finish", "finish_access_review", "Close it: removed accesses are taken back", "", "", "access_review", 200, "404 409"},
    Words{Method::Get, "/journal", "list_journal", "The journal of access, newest first", "event from before after per_page", "", "journal_entry_list", 200, "404 422"},
    Words{Method::Get, "/{organisation}/agenda", "list_agenda", "What falls due in records, soonest first", "page per_page", "", "any", 200, "404 422"},
    Words{Method::Get, "/fields", "list_fields", "Custom fields asked here: the organisation's own and those of organisations above it", "register_query page per_page", "", "field_list", 200, "404 422"},
    Words{Method::Post, "/fields/{register}", "add_field", "Ask a question of one's own in a register; code and kind never change", "", "new_field", "field", 201, "400 404 415 422"},
    Words{Method::Patch, "/fields/{register}/{code}", "change_field", "Change, move, retire or reinstate a field of this organisation", "", "field_patch", "field", 200, "400 404 415 422"},
    Words{Method::Get, "/terms", "list_terms", "Terms of the open lists: shipped and added", "list_query page per_page", "", "term_list", 200, "404 422"},
    Words{Method::Post, "/terms/{list}", "add_term", "Add a term to an open list", "", "new_term", "term", 201, "400 404 415 422"},
    Words{Method::Patch, "/{list}/{code}", "change_term", "Rename, retire or reinstate a term of this organisation", "", "term_patch", "term", 200, "400 404 415 422"},
    Words{Method::Get, "/{register}", "list", "List records", "q status filter sort findings overdue deleted page per_page after at", "", "record_list", 200, "404 422"},
    Words{Method::Post, "/{register}", "create", "Create a record", "idempotency_key", "record", "record", 201, "400 404 409 415 422"},
    Words{Method::Get, "/{id}", "show", "One record, as it is or was", "at deleted if_none_match", "", "record", 200, "404 422"},
    Words{Method::Put, "/{id}", "replace", "Replace a record", "if_match_required changes_validated", "record", "record", 200, "400 404 409 412 415 422 428"},
    Words{Method::Patch, "/{id}", "patch", "Change a record (RFC 7396)", "if_match_required changes_validated", "patch", "record", 200, "400 404 409 412 415 422 428"},
    Words{Method::Delete, "/{id}", "delete", "Delete a record; it can be restored", "if_match_required", "", "", 204, "404 409 412 428"},
    Words{Method::Get, "/{register}/views", "list_views", "Saved views of the list: one's own and the shared ones", "page per_page", "", "view_list", 200, "404 422"},
    Words{Method::Post, "/{register}/views", "create_view", "Save a view; a DPO or an administrator may share it", "", "view_words", "view", 201, "400 404 415 422"},
    Words{Method::Get, "/views/{view}", "show_view", "One view", "", "", "view", 200, "404"},
    Words{Method::Put, "/views/{view}", "replace_view", "Change a view", "if_match", "view_words", "view", 200, "400 404 412 415 422"},
    Words{Method::Delete, "/views/{view}", "delete_view", "Delete a view", "", "", "", 204, "404"},
    Words{Method::Get, "/{register}/list-choice", "show_list_choice", "Columns and view the token's person chose for the list", "", "", "list_choice", 200, "404"},
    Words{Method::Put, "/{register}/list-choice", "put_list_choice", "Choose columns and the view the list opens with", "", "list_choice_words", "list_choice", 200, "400 404 415 422"},
    Words{Method::Get, "/{register}/models", "list_models", "Models of records to start from, in one language, and what each leaves to complete", "q lang", "", "record_model_list", 200, "404 422"},
    Words{Method::Get, "/models/{model}", "show_model", "What a record adopted from this model begins with: a body that POST takes once it is completed", "lang", "", "any", 200, "404 422"},
    Words{Method::Post, "/{register}/lookup", "find_sealed", "Records of which a sealed name or address is this one, whatever its case and accents; 409 in a register that seals nothing", "", "lookup", "record_list", 200, "400 404 409 415 422"},
    Words{Method::Post, "/{register}/bulk", "bulk", "Do one thing to many records: each by its own rules; more than 200 go on in the background (202)", "", "bulk", "bulk_act", 200, "400 404 409 413 415 422"},
    Words{Method::Get, "/{organisation}/bulk-acts", "list_bulk_acts", "Bulk acts and imports, newest first", "page per_page", "", "bulk_act_list", 200, "422"},
    Words{Method::Get, "/bulk-acts/{act}", "show_bulk_act", "One act: how far it is, what it did", "", "", "bulk_act", 200, "404"},
    Words{Method::Get, "/{act}/steps", "list_bulk_steps", "What became of each record", "page per_page", "", "bulk_step_list", 200, "404 422"},
    Words{Method::Post, "/{act}/undo", "undo_bulk_act", "Each record goes back to what it was, unless somebody changed it since; within 24 hours", "", "", "bulk_act", 200, "404 409"},
    Words{Method::Post, "/{id}/status", "change_status", "Change the status", "if_match idempotency_key", "status_change", "record", 200, "400 404 409 412 415 422"},
    Words{Method::Post, "/{id}/review", "review", "Record a review: nothing changed", "if_match idempotency_key", "review", "record", 200, "400 404 409 412 415 422"},
    Words{Method::Post, "/{id}/restore", "restore", "Bring a deleted record back", "idempotency_key", "", "record", 200, "404 409"},
    Words{Method::Get, "/{id}/access", "show_access_to", "Who sees the record: restricted or not, and the people named on it", "", "", "access", 200, "404"},
    Words{Method::Put, "/{id}/access", "put_access_to", "Restrict the record, or open it again, and name people on it: all of them", "if_match", "access_change", "access", 200, "400 404 409 412 415 422"},
    Words{Method::Post, "/{id}/destroy", "destroy", "Destroy for ever what a sealed record keeps of persons, in all its versions; 409 in a register that seals nothing", "if_match idempotency_key", "destruction", "record", 200, "400 404 409 412 415 422"},
    Words{Method::Post, "/{id}/duplicate", "duplicate", "Create a record from this one: same answers and links, first status, own reference, no attachments", "idempotency_key", "", "record", 201, "404 409 422"},
    Words{Method::Get, "/{organisation}/drafts", "list_drafts", "Drafts of the token's person, last saved first", "page per_page", "", "draft_list", 200, "422"},
    Words{Method::Get, "/{register}/draft", "show_new_draft", "The person's draft of a new record", "", "", "draft", 200, "404"},
    Words{Method::Put, "/{register}/draft", "put_new_draft", "Keep what is typed in the form of a new record; nothing is checked", "", "draft_to_keep", "draft", 200, "400 404 409 413 415 422"},
    Words{Method::Delete, "/{register}/draft", "delete_new_draft", "Forget the draft of a new record", "", "", "", 204, "404"},
    Words{Method::Get, "/{id}/draft", "show_draft", "The person's draft of this record", "", "", "draft", 200, "404"},
    Words{Method::Put, "/{id}/draft", "put_draft", "Keep what is typed in the form of this record; nothing is checked", "", "draft_to_keep", "draft", 200, "400 404 409 413 415 422"},
    Words{Method::Delete, "/{id}/draft", "delete_draft", "Forget the draft of this record", "", "", "", 204, "404"},
    Words{Method::Get, "/{id}/versions", "list_versions", "Versions, newest first", "page per_page", "", "version_list", 200, "404 422"},
    Words{Method::Get, "/versions/{number}", "show_version", "The record in one version, and the act that made it", "", "", "record", 200, "404"},
    Words{Method::Get, "/{id}/findings", "list_findings", "What the linter says now, worst first", "page per_page", "", "finding_list", 200, "404 422"},
    Words{Method::Get, "/{id}/links", "list_links", "Records this one points to, then those that point here", "page per_page", "", "link_list", 200, "404 422"},
    Words{Method::Post, "/{register}/messages", "take_in_message", "Take in a message (.eml): it becomes a record, once; of breaches and requests alone", "", "file", "taken_message", 201, "404 409 413 422", "breaches requests"},
    Words{Method::Get, "/public-pages", "list_public_pages", "Public pages: which are open, their words, and what they show", "", "", "public_page_list", 200, "404"},
    Words{Method::Get, "/public-pages/{page}", "show_public_page", "One public page", "", "", "public_page", 200, "404"},
    Words{Method::Put, "/public-pages/{page}", "change_public_page", "Open or close it, change its words and limits; what is absent stays", "", "public_page_change", "public_page", 200, "400 404 409 422"},
    Words{Method::Get, "/{id}/attachments", "list_attachments", "Attachments", "page per_page at", "", "attachment_list", 200, "404 422"},
    Words{Method::Post, "/{id}/attachments", "attach", "Add a file of at most 20 MiB", "name description if_match idempotency_key", "file", "attachment", 201, "404 409 412 413 415 422"},
    Words{Method::Get, "/attachments/{attachment}", "download", "The file", "", "", "file", 200, "404"},
    Words{Method::Get, "/{id}/comments", "list_comments", "What people say about the record, thread by thread; no part of its content", "page per_page", "", "comment_list", 200, "404 422"},
    Words{Method::Post, "/{id}/comments", "comment", "Say something; @Name calls whoever may read the organisation", "", "new_comment", "comment", 201, "400 404 409 415 422"},
    Words{Method::Get, "/comments/{comment}", "show_comment", "One comment", "", "", "comment", 200, "404"},
    Words{Method::Patch, "/comments/{comment}", "edit_comment", "Change one's own; marked as edited after 15 minutes", "", "comment_body", "comment", 200, "400 404 409 415 422"},
    Words{Method::Delete, "/comments/{comment}", "delete_comment", "Take back one's own; a DPO takes back anybody's", "", "", "", 204, "404"},
    Words{Method::Post, "/{comment}/resolve", "resolve_comment", "Settle the thread", "", "", "comment", 200, "404 422"},
    Words{Method::Post, "/{comment}/reopen", "reopen_comment", "Open the thread again", "", "", "comment", 200, "404 422"},
    Words{Method::Put, "/{id}/favourite", "keep_favourite", "Keep the record at hand", "", "", "", 204, "404 409"},
    Words{Method::Delete, "/{id}/favourite", "drop_favourite", "Let it go", "", "", "", 204, "404"},
    Words{Method::Delete, "/attachments/{attachment}", "detach", "Take a file off the record; past versions keep it", "if_match", "", "", 204, "404 409 412"},
    // Of the parts of the house above records/: their routes are told to openapi() by app/.
    Words{Method::Post, "/api/v1/deadlines/{kind}", "compute_deadline", "A legal period: when it ends, and the steps that lead there; nothing is kept", "", "deadline_question", "any", 200, "400 404 415 422"},
    Words{Method::Get, "/api/v1/search", "search", "Records that hold these words, in every organisation the token reaches", "q_required page per_page", "", "found_list", 200, "422"},
    Words{Method::Get, "/api/v1/notifications", "list_notifications", "What the token's person was told, newest first", "unread page per_page", "", "found_list", 200, "422"},
    Words{Method::Post, "/api/v1/notifications/read", "read_all_notifications", "All were read", "", "", "", 204},
    Words{Method::Post, "/notifications/{id}/read", "read_notification", "This one was read", "", "", "", 204, "404"},
    Words{Method::Get, "/api/v1/favourites", "list_favourites", "Records the token's person keeps at hand", "page per_page", "", "found_list", 200, "422"},
    Words{Method::Get, "/api/v1/recent", "list_recent", "Records the token's person opened last", "page per_page", "", "found_list", 200, "422"},
    Words{Method::Get, "/trainings/{id}/invitations", "show_invitations", "Who is invited to a training session, and what the next sending would do", "", "", "any", 200, "404 409"},
    Words{Method::Post, "/trainings/{id}/invitations", "send_invitations", "Send the invitations, changes and cancellations that are due by mail", "if_match_required", "", "invitations_sent", 200, "404 409 412 428"},
    Words{Method::Get, "/consents/{id}/receipt", "show_consent_receipt", "The receipt of a consent", "", "", "any", 200, "404"},
    Words{Method::Post, "/consents/withdraw", "withdraw_consents", "Withdraw what a person agreed to, for all purposes or for one", "", "consent_withdrawal", "withdrawn", 200, "400 409 415 422"},
    Words{Method::Post, "/consents/link", "link_to_preferences", "An address at which a person sees and changes what they agreed to", "", "person_identifier", "made_address", 201, "400 404 409 415 422"},
    Words{Method::Post, "/objections/check", "check_objections", "Which lines of a mailing are on the list of objections, by number from 1", "", "lines_to_check", "checked_lines", 200, "400 404 415 422"},
    Words{Method::Get, "/requests/{id}/deliveries", "list_deliveries", "Answers given behind the follow-up address, newest first, and what became of each", "", "", "delivery_list", 200, "404"},
    Words{Method::Post, "/requests/{id}/deliveries", "give_delivery", "Give files of the request behind its follow-up address, in place of what was given; the code is told once, or leaves by mail", "", "new_delivery", "given_delivery", 201, "400 404 409 415 422"},
    Words{Method::Post, "/deliveries/withdraw", "withdraw_delivery", "Nothing can be fetched any more", "", "", "delivery_list", 200, "404 409"},
    Words{Method::Get, "/{register}/export", "export", "The register, or the part of it that is asked for, as a file", "format lang id_query q status filter sort findings overdue deleted at", "", "file", 200, "404 422"},
    Words{Method::Post, "/{register}/import", "import", "Import a file: the report of what was, or would be, made of it", "dry_run mapping_query", "file", "any", 200, "404 409 413 422"},
    Words{Method::Post, "/import/proposal", "propose_mapping", "Which column of a file goes to which field", "mapping_query", "file", "any", 200, "404 413 422"},
    Words{Method::Get, "/{register}/imports", "list_imports", "Imports that were run, newest first", "page", "", "any", 200, "404 422"},
    Words{Method::Get, "/imports/{run}", "show_import", "The report of an import", "", "", "any", 200, "404"},
    Words{Method::Post, "/{run}/undo", "undo_import", "What an import made is taken back", "", "", "any", 200, "404 409"},
    Words{Method::Get, "/{register}/mappings", "list_mappings", "Mappings of columns that were saved", "", "", "any", 200, "404"},
    Words{Method::Post, "/{register}/mappings", "save_mapping", "Save a mapping under its name", "", "any", "any", 201, "404 409 422"},
    Words{Method::Get, "/mappings/{mapping}", "show_mapping", "A saved mapping", "", "", "any", 200, "404"},
    Words{Method::Get, "/compliance-files", "list_compliance_files", "Compliance files that were asked for, newest first", "", "", "any"},
    Words{Method::Post, "/compliance-files", "make_compliance_file", "Gather the compliance file in the background", "", "any", "any", 202, "400 422"},
    Words{Method::Get, "/compliance-files/{job}", "show_compliance_file", "How far a compliance file has come", "", "", "any", 200, "404"},
    Words{Method::Get, "/compliance-files/{job}/content", "fetch_compliance_file", "The compliance file itself, a ZIP", "", "", "", 200, "404 409"},
    Words{Method::Delete, "/mappings/{mapping}", "delete_mapping", "Forget a saved mapping", "", "", "", 204, "404"},
};

}  // namespace greffier::records::openapi_parts
