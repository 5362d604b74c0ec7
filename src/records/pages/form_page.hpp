#pragma once
// Internal to records/pages: the page that holds a record's form, shared by writing, merging and drafts.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/drafts.hpp"
#include "records/record_models.hpp"
#include "records/pages/form.hpp"
#include "records/pages/shared.hpp"

namespace greffier::records::pages {

struct FormPage {
    Context& context;
    PageServices const& services;
    Register const& kind;
    schema::Row row;
    std::optional<Head> head;                ///< absent for a new record; its version is the one the form was opened on
    std::string reference;                   ///< as typed
    std::vector<FieldError> errors = {};
    std::vector<Finding> findings = {};
    bool asks_about_validation = false;
    bool unsaved = false;
    web::Pairs sent = {};                    ///< the form as it came, for the searches in it
    Uuid form = Uuid::make();                ///< names this page: what it types is one draft
    std::string copy_of = {};                ///< id of the record a new one is copied from
    RecordModel const* model = nullptr;      ///< that a new one started from
    std::optional<Draft> offered = {};       ///< a draft that waits to be taken up again
    bool offered_is_older = false;           ///< somebody saved the record since
    std::optional<Timestamp> kept_at = {};   ///< what the form holds is the draft of that moment
    std::optional<Error> not_kept = {};      ///< why the draft was not kept
};

/// Takes over what a form says of itself: its name, what it was copied from or started from.
void take_marks(FormPage& page, web::Pairs const& form);

/// The address of the form itself, of where it is sent, and of its draft.
std::string form_address(FormPage const& page);
std::string save_address(FormPage const& page);
std::string draft_address(FormPage const& page);

/// Title and crumbs; then the pieces every form page has.
void begin_form_page(FormPage const& page, std::string const& title);
/// <form …> up to its hidden marks; `version` is the one a save would replace.
void open_form(web::Html& out, FormPage const& page, std::int64_t version);
void write_reference(web::Html& out, FormPage const& page);
/// Where one writes, the state of the draft, the buttons; closes the form.
void close_form(web::Html& out, FormPage const& page, std::string const& save_words);
/// A form drawn again may not know that another page's draft waits: it is offered here too, and not written over.
void look_for_other_draft(FormPage& page);
/// Why a draft was not kept; the draft that waits.
void write_draft_notices(web::Html& out, FormPage const& page);

web::Response write_form_page(FormPage& page, int status);

/// Drafts of the signed-in person in the organisation of the path.
Drafts drafts_of(PageServices const& services, Context const& context);
/// What a form sent, as a draft; `stored` is absent for a new record.
Draft draft_of(Register const& kind, web::Pairs const& form, std::optional<Stored> const& stored, Timestamp now);
/// The page of a draft taken up again: the form as it was typed, or the merge when the record changed meanwhile.
Result<web::Response> resume_draft(FormPage& page, Draft const& draft, Records const& records, std::optional<Stored> const& stored);

}  // namespace greffier::records::pages
