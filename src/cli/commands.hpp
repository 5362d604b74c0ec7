#pragma once
// One function per command, each in the file of its name.

#include "cli/command.hpp"

namespace greffier::cli {

Result<int> run_serve(Invocation& call);
Result<int> run_demo(Invocation& call);
Result<int> run_organisation_add(Invocation& call);
Result<int> run_organisation_move(Invocation& call);
Result<int> run_organisation_list(Invocation& call);
Result<int> run_organisation_show(Invocation& call);
Result<int> run_user_add(Invocation& call);
Result<int> run_user_grant(Invocation& call);
Result<int> run_user_list(Invocation& call);
Result<int> run_user_password(Invocation& call);
Result<int> run_user_reset_factor(Invocation& call);
Result<int> run_user_disable(Invocation& call);
Result<int> run_user_enable(Invocation& call);
Result<int> run_compliance_file(Invocation& call);
Result<int> run_verify(Invocation& call);
Result<int> run_deadline_breach(Invocation& call);
Result<int> run_deadline_request(Invocation& call);
Result<int> run_deadline_consultation(Invocation& call);
Result<int> run_deadline_indirect(Invocation& call);
Result<int> run_journal_list(Invocation& call);
Result<int> run_journal_forget(Invocation& call);
Result<int> run_token_add(Invocation& call);
Result<int> run_token_list(Invocation& call);
Result<int> run_token_revoke(Invocation& call);
Result<int> run_import(Invocation& call);
Result<int> run_export(Invocation& call);
Result<int> run_agenda(Invocation& call);
Result<int> run_lint(Invocation& call);
Result<int> run_intake(Invocation& call);
Result<int> run_doctor(Invocation& call);
Result<int> run_keys_rotate(Invocation& call);
Result<int> run_migrate(Invocation& call);
Result<int> run_mail_test(Invocation& call);
Result<int> run_sign_in_check(Invocation& call);
Result<int> run_config(Invocation& call);
Result<int> run_version(Invocation& call);

}  // namespace greffier::cli
