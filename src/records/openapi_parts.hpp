#pragma once
// Internal to openapi.cpp: the parts of the description that no declaration holds.

namespace greffier::records::openapi_parts {

inline constexpr char const common_members[] = R"({
"id": {"type": "string", "format": "uuid", "readOnly": true},
"register": {"type": "string"},
"reference": {"type": ["string", "null"], "maxLength": 60, "description": "Given when absent at creation; unique in the register"},
"version": {"type": "integer", "minimum": 1, "readOnly": true},
"status": {"type": "string", "readOnly": true, "enum": []},
"created_at": {"type": "string", "format": "date-time", "readOnly": true},
"updated_at": {"type": "string", "format": "date-time", "readOnly": true},
"updated_by": {"type": ["string", "null"], "format": "uuid", "readOnly": true, "description": "Membership, not person"},
"deleted_at": {"type": ["string", "null"], "format": "date-time", "readOnly": true}
})";

inline constexpr char const list_of[] = R"({
"type": "object", "required": ["items", "page", "per_page", "total"],
"properties": {
  "items": {"type": "array"},
  "page": {"type": "integer"}, "per_page": {"type": "integer"}, "total": {"type": "integer"},
  "total_capped": {"type": "boolean", "description": "There are more than total"},
  "next": {"type": ["string", "null"], "description": "Value of after= for the next page"},
  "at": {"type": "string", "description": "The past moment that was asked for"}
}})";

/// Of lists reached by cursor alone.
inline constexpr char const listed_of[] = R"({
"type": "object", "required": ["items", "total", "next"],
"properties": {
  "items": {"type": "array"}, "total": {"type": "integer"},
  "total_capped": {"type": "boolean", "description": "There are more than total"},
  "next": {"type": ["string", "null"], "description": "Value of after= for the next page"}
}})";

inline constexpr char const components[] = R"({
"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
"responses": {"problem": {"description": "RFC 9457", "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}}}},
"parameters": {
  "organisation": {"name": "organisation", "in": "path", "required": true, "schema": {"type": "string"}},
  "id": {"name": "id", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}},
  "number": {"name": "number", "in": "path", "required": true, "schema": {"type": "integer"}},
  "comment": {"name": "comment", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}},
  "view": {"name": "view", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}},
  "model": {"name": "model", "in": "path", "required": true, "schema": {"type": "string"}, "description": "Code of a model, such as badges"},
  "lang": {"name": "lang", "in": "query", "schema": {"type": "string", "enum": ["fr", "en"]}, "description": "The organisation's language when absent"},
  "act": {"name": "act", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}},
  "attachment": {"name": "attachment", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}},
  "review": {"name": "review", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}},
  "role": {"name": "role", "in": "path", "required": true, "schema": {"type": "string"}, "description": "administrator dpo dpo_assistant representative ciso contributor reader auditor"},
  "event": {"name": "event", "in": "query", "schema": {"type": "string"}, "description": "Code of an event, such as roles_changed"},
  "from": {"name": "from", "in": "query", "schema": {"type": "string", "format": "date-time"}},
  "before": {"name": "before", "in": "query", "schema": {"type": "string", "format": "date-time"}},
  "list": {"name": "list", "in": "path", "required": true, "schema": {"type": "string"}, "description": "Name of an open list, such as subject_category"},
  "code": {"name": "code", "in": "path", "required": true, "schema": {"type": "string"}},
  "register_query": {"name": "register", "in": "query", "schema": {"type": "string"}, "description": "Fields of that register alone"},
  "list_query": {"name": "list", "in": "query", "schema": {"type": "string"}, "description": "Terms of that list alone"},
  "q": {"name": "q", "in": "query", "schema": {"type": "string"}, "description": "Words; the end of each may be missing"},
  "status": {"name": "status", "in": "query", "explode": true, "schema": {"type": "array", "items": {"type": "string"}}},
  "filter": {"name": "filter", "in": "query", "explode": true, "schema": {"type": "array", "items": {"type": "string"}}, "description": "field:code, such as tags:hr"},
  "sort": {"name": "sort", "in": "query", "schema": {"type": "string"}, "description": "title reference status updated created review completeness findings; - in front reverses"},
  "findings": {"name": "findings", "in": "query", "schema": {"type": "string", "enum": ["blocking", "major", "minor", "advice"]}, "description": "Worst finding at or above"},
  "overdue": {"name": "overdue", "in": "query", "schema": {"type": "string", "enum": ["yes", "no"]}, "description": "Review overdue"},
  "deleted": {"name": "deleted", "in": "query", "schema": {"type": "string", "enum": ["yes", "no"]}},
  "page": {"name": "page", "in": "query", "schema": {"type": "integer", "minimum": 1, "default": 1}, "description": "Records beyond page 50 are reached by after="},
  "per_page": {"name": "per_page", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50}},
  "after": {"name": "after", "in": "query", "schema": {"type": "string"}, "description": "next of the page before"},
  "at": {"name": "at", "in": "query", "schema": {"type": "string"}, "description": "RFC 3339 instant, or a date meaning the end of that day where the organisation is"},
  "name": {"name": "name", "in": "query", "schema": {"type": "string"}, "description": "Name of a file sent as the body"},
  "description": {"name": "description", "in": "query", "schema": {"type": "string"}, "description": "Words about a file sent as the body"},
  "changes_validated": {"name": "changes_validated", "in": "query", "schema": {"type": "string", "enum": ["yes", "no"]}, "description": "Does this edit change what was validated? Asked by 409"},
  "kind": {"name": "kind", "in": "path", "required": true, "schema": {"type": "string", "enum": ["breach", "request", "consultation", "indirect"]}},
  "run": {"name": "run", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}},
  "mapping": {"name": "mapping", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}},
  "q_required": {"name": "q", "in": "query", "required": true, "schema": {"type": "string"}, "description": "Words; the end of each may be missing"},
  "unread": {"name": "unread", "in": "query", "schema": {"type": "string", "enum": ["yes", "no"]}},
  "format": {"name": "format", "in": "query", "schema": {"type": "string", "default": "json"}, "description": "json csv ods xlsx pdf … as the page of the register offers"},
  "id_query": {"name": "id", "in": "query", "explode": true, "schema": {"type": "array", "items": {"type": "string", "format": "uuid"}}, "description": "These records alone"},
  "dry_run": {"name": "dry_run", "in": "query", "schema": {"type": "string", "enum": ["yes", "no"]}, "description": "Say what would happen and write nothing"},
  "mapping_query": {"name": "mapping", "in": "query", "schema": {"type": "string"}, "description": "Name of a saved mapping"},
  "idempotency_key": {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string", "maxLength": 200}},
  "if_match": {"name": "If-Match", "in": "header", "schema": {"type": "string"}},
  "if_match_required": {"name": "If-Match", "in": "header", "required": true, "schema": {"type": "string"}},
  "if_none_match": {"name": "If-None-Match", "in": "header", "schema": {"type": "string"}}
},
"schemas": {
  "problem": {"type": "object", "required": ["type", "title", "status", "detail", "code", "errors"], "properties": {
    "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"}, "code": {"type": "string"},
    "errors": {"type": "array", "items": {"type": "object", "properties": {"field": {"type": "string"}, "code": {"type": "string"}, "message": {"type": "string"}}}}}},
  "organisation": {"type": "object", "properties": {
    "id": {"type": "string", "format": "uuid"}, "slug": {"type": "string"}, "name": {"type": "string"}, "kind": {"type": "string"},
    "parent": {"type": ["string", "null"], "format": "uuid"}, "language": {"type": "string"}, "zone": {"type": "string"},
    "created_at": {"type": "string", "format": "date-time"}, "archived": {"type": "boolean"}, "demo": {"type": "boolean"},
    "registers": {"type": "array", "items": {"type": "string"}}}},
  "new_organisation": {"type": "object", "required": ["name"], "properties": {
    "name": {"type": "string", "maxLength": 200}, "slug": {"type": "string", "description": "Drawn from the name when absent"},
    "kind": {"type": "string"}, "language": {"type": "string", "enum": ["fr", "en"]}, "zone": {"type": "string"}}},
  "move": {"type": "object", "properties": {"parent": {"type": ["string", "null"], "description": "Slug of the organisation above; null for none"}}},
  "person": {"type": "object", "properties": {
    "id": {"type": "string", "format": "uuid"}, "email": {"type": "string"}, "name": {"type": "string"}, "disabled": {"type": "boolean"},
    "invited": {"type": "boolean", "description": "Has not chosen a password yet"}, "since": {"type": "string", "format": "date-time"},
    "roles": {"type": "array", "items": {"type": "object", "properties": {
      "role": {"type": "string"}, "branch": {"type": "boolean", "description": "Also in the organisations below"},
      "ends_at": {"type": ["string", "null"], "format": "date-time"}, "from": {"type": ["string", "null"], "description": "Organisation above that it comes down from"},
      "services": {"type": "array", "items": {"type": "string"}, "description": "Of a contributor: the services whose records they see and write; empty for all"}}}}}},
  "new_person": {"type": "object", "required": ["email", "role"], "properties": {
    "email": {"type": "string"}, "name": {"type": "string"}, "role": {"type": "string"},
    "branch": {"type": "boolean"}, "until": {"type": "string", "format": "date", "description": "Last day on which it holds; needed for an auditor"},
    "services": {"type": "array", "items": {"type": "string"}, "maxItems": 200, "description": "Limits a contributor to the records of these services; what is not said stays as it is"}}},
  "grant": {"type": "object", "properties": {"branch": {"type": "boolean"}, "until": {"type": "string", "format": "date"},
    "services": {"type": "array", "items": {"type": "string"}, "maxItems": 200}}},
  "access_review": {"type": "object", "properties": {
    "id": {"type": "string", "format": "uuid"}, "started_at": {"type": "string", "format": "date-time"}, "started_by": {"type": "string", "format": "uuid"},
    "finished_at": {"type": ["string", "null"], "format": "date-time"}, "lines": {"type": "integer"}, "undecided": {"type": "integer"}, "removed": {"type": "integer"}}},
  "reviewed_access": {"type": "object", "properties": {
    "id": {"type": "string", "format": "uuid"}, "kind": {"type": "string", "enum": ["role", "token"]}, "name": {"type": "string"}, "email": {"type": ["string", "null"]},
    "role": {"type": "string"}, "since": {"type": "string", "format": "date-time"}, "from": {"type": ["string", "null"]},
    "last_seen": {"type": ["string", "null"], "format": "date-time"}, "verdict": {"type": ["string", "null"], "enum": ["kept", "removed", null]}}},
  "verdicts": {"type": "object", "properties": {"kept": {"type": "array", "items": {"type": "string", "format": "uuid"}}, "removed": {"type": "array", "items": {"type": "string", "format": "uuid"}}}},
  "journal_entry": {"type": "object", "properties": {
    "id": {"type": "string", "format": "uuid"}, "at": {"type": "string", "format": "date-time"}, "event": {"type": "string"}, "person": {"type": ["string", "null"], "format": "uuid"},
    "actor": {"type": ["string", "null"], "format": "uuid"}, "subject": {"type": ["string", "null"]}, "address": {"type": ["string", "null"]},
    "details": {"type": "object", "additionalProperties": {"type": "string"}}}},
  "attachment": {"type": "object", "properties": {
    "id": {"type": "string", "format": "uuid"}, "name": {"type": "string"}, "description": {"type": ["string", "null"]},
    "type": {"type": "string"}, "size": {"type": "integer"}, "sha256": {"type": "string"}}},
  "version": {"type": "object", "properties": {
    "version": {"type": "integer"}, "recorded_at": {"type": "string", "format": "date-time"}, "action": {"type": "string"},
    "actor": {"type": ["string", "null"], "format": "uuid"}, "reason": {"type": ["string", "null"]},
    "decided_by": {"type": ["string", "null"]}, "decided_on": {"type": ["string", "null"], "format": "date"},
    "erased": {"type": "boolean"}, "changed_fields": {"type": "array", "items": {"type": "string"}},
    "reference": {"type": ["string", "null"]}, "status": {"type": ["string", "null"]}, "title": {"type": ["string", "null"]}}},
  "finding": {"type": "object", "properties": {
    "rule": {"type": "string"}, "severity": {"type": "string", "enum": ["blocking", "major", "minor", "advice"]}, "place": {"type": "string"},
    "field": {"type": ["string", "null"]}, "row": {"type": ["string", "null"]}, "part": {"type": ["string", "null"]}, "message": {"type": ["string", "null"]}}},
  "comment": {"type": "object", "properties": {
    "id": {"type": "string", "format": "uuid"}, "thread": {"type": "string", "format": "uuid", "description": "The comment that began the exchange"},
    "author": {"type": "string", "format": "uuid", "description": "Membership, not person"}, "body": {"type": "string"},
    "created_at": {"type": "string", "format": "date-time"}, "edited_at": {"type": ["string", "null"], "format": "date-time"}, "deleted_at": {"type": ["string", "null"], "format": "date-time"},
    "resolved_at": {"type": ["string", "null"], "format": "date-time", "description": "Of the thread; in lists"},
    "mentions": {"type": "array", "items": {"type": "object", "properties": {"person": {"type": "string", "format": "uuid"}, "called": {"type": "string"}}}}}},
  "new_comment": {"type": "object", "additionalProperties": false, "required": ["body"], "properties": {
    "body": {"type": "string", "maxLength": 5000}, "thread": {"type": ["string", "null"], "format": "uuid", "description": "Of the comment answered to"}}},
  "comment_body": {"type": "object", "additionalProperties": false, "required": ["body"], "properties": {"body": {"type": "string", "maxLength": 5000}}},
  "link": {"type": "object", "properties": {
    "direction": {"type": "string", "enum": ["to", "from"]}, "field": {"type": "string"}, "id": {"type": "string", "format": "uuid"},
    "register": {"type": ["string", "null"]}, "reference": {"type": ["string", "null"]}, "title": {"type": ["string", "null"]}}},
  "field": {"type": "object", "properties": {
    "register": {"type": "string"}, "code": {"type": "string"}, "kind": {"$ref": "#/components/schemas/field_kind"}, "label": {"$ref": "#/components/schemas/label"}, "help": {"$ref": "#/components/schemas/help"},
    "section": {"type": "string"}, "target": {"type": ["string", "null"]}, "required": {"type": "boolean"}, "in_list": {"type": "boolean"}, "searchable": {"type": "boolean"},
    "position": {"type": "integer"}, "retired": {"type": "boolean"}, "owner": {"type": "string", "enum": ["own", "above"]}, "options": {"$ref": "#/components/schemas/field_options"}}},
  "field_kind": {"type": "string", "enum": ["string", "text", "choice", "choices", "boolean", "date", "integer", "decimal", "money", "percent", "duration", "email", "phone", "url", "country", "link"]},
  "field_options": {"type": "array", "description": "Of kinds choice and choices; those left out of a change are retired", "items": {"type": "object", "additionalProperties": false, "properties": {
    "code": {"type": "string"}, "label": {"$ref": "#/components/schemas/label"}, "retired": {"type": "boolean"}}}},
  "help": {"type": "object", "additionalProperties": false, "properties": {"fr": {"type": "string", "maxLength": 500}, "en": {"type": "string", "maxLength": 500}}},
  "new_field": {"type": "object", "additionalProperties": false, "required": ["label"], "properties": {
    "code": {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,39}$"}, "kind": {"$ref": "#/components/schemas/field_kind"}, "target": {"type": ["string", "null"], "description": "Register a link points to"},
    "label": {"$ref": "#/components/schemas/label"}, "help": {"$ref": "#/components/schemas/help"}, "section": {"type": "string"},
    "required": {"type": "boolean"}, "in_list": {"type": "boolean"}, "searchable": {"type": "boolean"}, "options": {"$ref": "#/components/schemas/field_options"}}},
  "field_patch": {"type": "object", "additionalProperties": false, "properties": {
    "label": {"$ref": "#/components/schemas/label"}, "help": {"$ref": "#/components/schemas/help"}, "section": {"type": "string"}, "position": {"type": "integer", "minimum": 0},
    "required": {"type": "boolean"}, "in_list": {"type": "boolean"}, "searchable": {"type": "boolean"}, "retired": {"type": "boolean"}, "options": {"$ref": "#/components/schemas/field_options"}}},
  "term": {"type": "object", "properties": {
    "list": {"type": "string"}, "code": {"type": "string"}, "label": {"$ref": "#/components/schemas/label"}, "retired": {"type": "boolean"},
    "owner": {"type": "string", "enum": ["shipped", "own", "above", "installation"], "description": "own: this organisation's; above: of one above it"}}},
  "label": {"type": "object", "additionalProperties": false, "properties": {"fr": {"type": "string", "maxLength": 120}, "en": {"type": "string", "maxLength": 120}}},
  "new_term": {"type": "object", "additionalProperties": false, "required": ["label"], "properties": {
    "code": {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,39}$", "description": "Made from the French label when absent"}, "label": {"$ref": "#/components/schemas/label"}}},
  "term_patch": {"type": "object", "additionalProperties": false, "properties": {"label": {"$ref": "#/components/schemas/label"}, "retired": {"type": "boolean"}}},
  "draft": {"type": "object", "properties": {
    "register": {"type": "string"}, "id": {"type": ["string", "null"], "format": "uuid", "description": "Absent for a new record"},
    "version": {"type": "integer", "description": "Of the record when the form was opened"}, "title": {"type": "string"},
    "saved_at": {"type": "string", "format": "date-time"}, "reference": {"type": ["string", "null"]},
    "changed_since": {"type": "boolean"}, "deleted": {"type": "boolean"},
    "form": {"type": "object", "description": "Names and values of the form's controls, as typed", "additionalProperties": {"type": "array", "items": {"type": "string"}}}}},
  "draft_to_keep": {"type": "object", "additionalProperties": false, "required": ["form"], "properties": {
    "version": {"type": ["integer", "null"], "minimum": 0},
    "form": {"type": "object", "additionalProperties": {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}}}},
  "status_change": {"type": "object", "additionalProperties": false, "required": ["status"], "properties": {
    "status": {"type": "string"}, "reason": {"type": ["string", "null"]}, "decided_by": {"type": ["string", "null"]}, "decided_on": {"type": ["string", "null"], "format": "date"}}},
  "record_model": {"type": "object", "description": "No legal advice: to be adapted by whoever adopts it", "properties": {
    "code": {"type": "string"}, "title": {"type": "string"}, "summary": {"type": "string"}, "written_on": {"type": "string", "format": "date"},
    "articles": {"type": "array", "items": {"type": "string"}},
    "complete": {"type": "array", "description": "Fields left to complete, and what to do there", "items": {"type": "object", "properties": {"field": {"type": "string"}, "words": {"type": "string"}}}}}},
  "view": {"type": "object", "properties": {
    "id": {"type": "string", "format": "uuid"}, "register": {"type": "string"}, "name": {"type": "string"},
    "state": {"type": "string", "description": "Of the list's address: q, status, filter, findings, overdue, deleted, sort, per_page, at, columns"},
    "shared": {"type": "boolean"}, "mine": {"type": "boolean"}, "version": {"type": "integer"},
    "created_at": {"type": "string", "format": "date-time"}, "updated_at": {"type": "string", "format": "date-time"}}},
  "view_words": {"type": "object", "additionalProperties": false, "required": ["name"], "properties": {
    "name": {"type": "string", "maxLength": 80}, "state": {"type": ["string", "null"], "maxLength": 4000}, "shared": {"type": ["boolean", "null"]}}},
  "list_choice": {"type": "object", "properties": {
    "columns": {"type": "array", "items": {"type": "string"}, "description": "In their order; empty: the usual ones"}, "default_view": {"type": ["string", "null"], "format": "uuid"},
    "known_columns": {"type": "array", "items": {"type": "string"}}}},
  "list_choice_words": {"type": "object", "additionalProperties": false, "properties": {
    "columns": {"type": ["array", "null"], "items": {"type": "string"}}, "default_view": {"type": ["string", "null"], "format": "uuid"}}},
  "bulk": {"type": "object", "additionalProperties": false, "required": ["act"], "properties": {
    "act": {"enum": ["status", "edit", "review", "delete", "restore"]},
    "ids": {"type": "array", "items": {"type": "string", "format": "uuid"}, "description": "These records, or filter"},
    "filter": {"type": "string", "description": "All records the list shows under this address, evaluated now"},
    "status": {"type": "string"}, "reason": {"type": "string"}, "decided_by": {"type": "string"}, "decided_on": {"type": "string", "format": "date"},
    "field": {"type": "string"}, "how": {"enum": ["set", "add", "remove", "clear"]}, "value": {"description": "In the shape the field has in a record"},
    "changes_validated": {"type": "boolean"}, "next_review": {"type": "string", "format": "date"}, "reviewer": {"type": "string"},
    "dry_run": {"type": "boolean", "description": "Say what would happen and write nothing"}}},
  "bulk_act": {"type": "object", "properties": {
    "id": {"type": "string", "format": "uuid"}, "register": {"type": "string"}, "act": {"enum": ["status", "edit", "review", "delete", "restore", "import"]},
    "state": {"enum": ["gathering", "prepared", "running", "done", "cancelled", "undoing", "undone"]}, "actor": {"type": "string", "format": "uuid"}, "request": {"type": "object"},
    "asked": {"type": "integer"}, "done": {"type": "integer"}, "refused": {"type": "integer"}, "undone": {"type": "integer"}, "not_undone": {"type": "integer"},
    "created_at": {"type": "string", "format": "date-time"}, "finished_at": {"type": ["string", "null"], "format": "date-time"}, "undone_at": {"type": ["string", "null"], "format": "date-time"}}},
  "bulk_step": {"type": "object", "properties": {
    "record": {"type": "string", "format": "uuid"}, "register": {"type": "string"}, "outcome": {"enum": ["", "done", "same", "refused"]}, "code": {"type": "string"},
    "before": {"type": "integer", "description": "Version; 0: the act made the record"}, "after": {"type": "integer"},
    "undo_outcome": {"enum": ["", "done", "refused"]}, "undo_code": {"type": "string"}}},
  "access": {"type": "object", "properties": {
    "restricted": {"type": "boolean"}, "people": {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string", "format": "uuid"}, "name": {"type": "string"}}}}}},
  "access_change": {"type": "object", "additionalProperties": false, "required": ["restricted", "people"], "properties": {
    "restricted": {"type": "boolean"}, "people": {"type": "array", "items": {"type": "string", "format": "uuid"}},
    "reason": {"type": ["string", "null"], "maxLength": 2000, "description": "Needed when restricted changes; kept in the history"}}},
  "lookup": {"type": "object", "additionalProperties": false, "required": ["field", "value"], "properties": {"field": {"type": "string", "description": "a sealed field, or of a contact name or email: person.email"}, "value": {"type": "string", "maxLength": 500}}},
  "destruction": {"type": "object", "additionalProperties": false, "required": ["reason"], "properties": {"reason": {"type": "string", "maxLength": 2000}}},
  "deadline_question": {"type": "object", "description": "breach: aware; request and consultation: received, extended, pause; indirect: obtained, contact, disclosed; each: calendar, zone", "additionalProperties": false, "properties": {
    "aware": {"type": ["string", "null"]}, "received": {"type": ["string", "null"]}, "extended": {"type": ["boolean", "null"]}, "pause": {"type": ["array", "null"], "items": {"type": "string"}},
    "obtained": {"type": ["string", "null"]}, "contact": {"type": ["string", "null"]}, "disclosed": {"type": ["string", "null"]}, "calendar": {"type": ["string", "null"]}, "zone": {"type": ["string", "null"]}}},
  "found": {"type": "object", "additionalProperties": true},
  "invitations_sent": {"type": "object", "properties": {"invited": {"type": "integer"}, "updated": {"type": "integer"}, "cancelled": {"type": "integer"}}},
  "person_identifier": {"type": "object", "additionalProperties": false, "required": ["identifier"], "properties": {"identifier": {"type": "string", "maxLength": 200}}},
  "consent_withdrawal": {"type": "object", "additionalProperties": false, "required": ["identifier"], "properties": {
    "identifier": {"type": "string", "maxLength": 200}, "purpose": {"type": "string", "description": "All purposes when absent"}, "channel": {"type": "string", "description": "Code of a channel; api when absent"}}},
  "withdrawn": {"type": "object", "required": ["withdrawn"], "properties": {"withdrawn": {"type": "integer"}}},
  "made_address": {"type": "object", "required": ["address", "expires_at"], "properties": {"address": {"type": "string", "format": "uri"}, "expires_at": {"type": "string", "format": "date-time"}}},
  "lines_to_check": {"type": "object", "additionalProperties": false, "required": ["lines"], "properties": {"lines": {"type": "array", "items": {"type": "string"}}}},
  "checked_lines": {"type": "object", "required": ["checked", "matches"], "properties": {"checked": {"type": "integer"}, "matches": {"type": "array", "items": {"type": "integer"}}}},
  "taken_message": {"type": "object", "description": "201 for a new record, 200 for a message that was known", "properties": {
    "id": {"type": "string", "format": "uuid"}, "reference": {"type": "string"}, "known": {"type": "boolean"}, "message_kept": {"type": "boolean"}, "files_left_out": {"type": "integer"}}},
  "public_page": {"type": "object", "properties": {
    "page": {"type": "string"}, "open": {"type": "boolean"}, "opened_at": {"type": ["string", "null"], "format": "date-time"}, "words_fr": {"type": "string"}, "words_en": {"type": "string"},
    "shown": {"type": "array", "items": {"type": "string"}, "description": "Of the page register alone"},
    "downloads": {"type": "integer", "description": "Of the page follow-up alone"}, "days": {"type": "integer", "description": "Of the page follow-up alone"}}},
  "public_page_list": {"type": "object", "required": ["items", "total"], "properties": {"items": {"type": "array", "items": {"$ref": "#/components/schemas/public_page"}}, "total": {"type": "integer"}}},
  "public_page_change": {"type": "object", "additionalProperties": false, "properties": {
    "page": {"type": "string", "readOnly": true}, "opened_at": {"type": ["string", "null"], "readOnly": true}, "open": {"type": "boolean"}, "words_fr": {"type": "string"}, "words_en": {"type": "string"},
    "shown": {"type": "array", "items": {"type": "string"}}, "downloads": {"type": "integer", "minimum": 1, "maximum": 50}, "days": {"type": "integer", "minimum": 1, "maximum": 90}}},
  "new_delivery": {"type": "object", "additionalProperties": false, "required": ["files"], "properties": {
    "files": {"type": "array", "minItems": 1, "items": {"type": "string", "format": "uuid"}, "description": "Attachments of the request"},
    "way": {"type": "string", "enum": ["phone", "post", "desk", "mail"], "default": "phone", "description": "How the person gets the code; mail sends it to the requester"},
    "downloads": {"type": "integer", "minimum": 1, "maximum": 50, "description": "Of each file; the organisation's usual number when absent"},
    "days": {"type": "integer", "minimum": 1, "maximum": 90, "description": "The organisation's usual number when absent"}}},
  "delivery": {"type": "object", "properties": {
    "id": {"type": "string", "format": "uuid"}, "state": {"type": "string", "enum": ["ready", "used", "expired", "withdrawn", "locked"]},
    "made_at": {"type": "string", "format": "date-time"}, "made_by": {"type": "string", "format": "uuid", "description": "Membership, not person"},
    "way": {"type": "string", "enum": ["phone", "post", "desk", "mail"]}, "expires_at": {"type": "string", "format": "date-time"}, "withdrawn_at": {"type": ["string", "null"], "format": "date-time"},
    "most_downloads": {"type": "integer"}, "wrong_codes": {"type": "integer"},
    "files": {"type": "array", "items": {"type": "object", "properties": {"attachment": {"type": "string", "format": "uuid"}, "sha256": {"type": "string"}, "size": {"type": "integer"}, "downloads": {"type": "integer"}}}},
    "trace": {"type": "array", "description": "Oldest first", "items": {"type": "object", "properties": {"at": {"type": "string", "format": "date-time"},
      "what": {"type": "string", "enum": ["made", "wrong_code", "locked", "downloaded", "withdrawn"]}, "network": {"type": ["string", "null"], "description": "First part of an address"}, "sha256": {"type": ["string", "null"]}}}}}},
  "delivery_list": {"type": "object", "required": ["items", "total"], "properties": {"items": {"type": "array", "items": {"$ref": "#/components/schemas/delivery"}}, "total": {"type": "integer"}}},
  "given_delivery": {"type": "object", "required": ["delivery", "code", "reachable"], "properties": {
    "delivery": {"$ref": "#/components/schemas/delivery"}, "code": {"type": ["string", "null"], "description": "Told once; null when it left by mail"},
    "reachable": {"type": "boolean", "description": "The page is open and the person has an address of theirs"}}},
  "review": {"type": "object", "additionalProperties": false, "properties": {
    "reviewer": {"type": ["string", "null"]}, "next_review": {"type": ["string", "null"], "format": "date"}}}
}})";

}  // namespace greffier::records::openapi_parts
