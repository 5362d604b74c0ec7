#include "exchange/html_export.hpp"

#include "core/text.hpp"
#include "documents/scratch_file.hpp"
#include "exchange/export_words.hpp"
#include "exchange/html_file.hpp"
#include "schema/show.hpp"
#include "web/html.hpp"

namespace greffier::exchange {
namespace {

using namespace web::literals;
using schema::FieldInfo;
using schema::Kind;
using web::Html;

constexpr std::size_t widest_table = 5; // columns that still fit on a sheet of paper

/// "Not answered": nothing, or a truth that is false for want of an answer.
bool says_nothing(FieldInfo const& field, schema::Value const& value)
{
    auto const* truth = std::get_if<bool>(&value);
    return schema::is_empty(value) || (truth && !*truth && !field.tristate);
}

class Page {
public:
    explicit Page(records::ExportJob const& job) : job_(job), locale_(job.locale), titles_(job), sections_(job.scratch) {}

    Status write(records::Sink const& sink)
    {
        auto const done = records::each_selected(job_.records, job_.kind, job_.query, [&](records::Stored const& stored) {
            Html out;
            record(out, stored);
            sections_.write(out.text());
            contents_entry(stored);
            ++count_;
        });
        if (!done.ok()) return done;
        Html head;
        write_head(head);
        sink(head.text());
        for (auto piece = sections_.read(); !piece.empty(); piece = sections_.read()) sink(piece);
        sink("</main></body></html>\n");
        return Nothing{};
    }

private:
    void write_head(Html& out)
    {
        auto const title = export_title(job_);
        open_html_file(out, locale_, title);
        out << "<dl class=\"facts\">"_h;
        for (auto const& fact : export_facts(job_)) {
            out << "<div><dt>"_h << fact.label << "</dt><dd>"_h;
            lines(out, fact.lines);
            out << "</dd></div>"_h;
        }
        out << "<div><dt>"_h << locale_.text("export.fact.count") << "</dt><dd>"_h << locale_.number(count_) << "</dd></div></dl></header>"_h;
        if (count_ > 1)
            out << "<nav aria-labelledby=\"contents\"><h2 id=\"contents\">"_h << locale_.text("export.contents") << "</h2><ol>"_h << contents_ << "</ol></nav>"_h;
        out << "<main>"_h;
        if (count_ == 0) out << "<p>"_h << locale_.text("export.no_record") << "</p>"_h;
    }

    void contents_entry(records::Stored const& stored)
    {
        contents_ << "<li><a"_h;
        contents_.attr("href"_h, "#r-" + stored.head.id.text());
        contents_ << "><span class=\"ref\">"_h << stored.head.reference << "</span> "_h << stored.head.title << "</a></li>"_h;
    }

    static void lines(Html& out, std::vector<std::string> const& all)
    {
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (i > 0) out << "<br>"_h;
            out.lines(all[i]);
        }
    }

    void record(Html& out, records::Stored const& stored)
    {
        auto const& head = stored.head;
        out << "<section class=\"record\""_h;
        out.attr("id"_h, "r-" + head.id.text());
        out << "><h2><span class=\"ref\">"_h << head.reference << "</span> "_h << head.title << "</h2><p class=\"state\"><span class=\"status\">"_h
            << status_words(head.status, locale_) << "</span> "_h << locale_.text("export.updated", {{"instant", locale_.instant(head.updated_at)}}) << "</p>"_h;
        auto const& info = *job_.kind.schema;
        std::string section;
        bool listing = false;
        auto close = [&] { if (std::exchange(listing, false)) out << "</dl>"_h; };
        for (std::size_t i = 0; i < info.fields.size() && i < stored.row.values.size(); ++i) {
            auto const& field = info.fields[i];
            auto const& value = stored.row.values[i];
            bool const destroyed = is_destroyed(stored, field.name);
            bool const asked = field.mandatory || field.required || destroyed;
            if (says_nothing(field, value) && !asked) continue;
            if (field.section != section) {
                close();
                section = field.section;
                out << "<h3>"_h << section_words(info, section) << "</h3>"_h;
            }
            if (field.kind == Kind::Rows && !schema::is_empty(value)) {
                close();
                owned_rows(out, field, std::get<schema::Rows>(value));
                continue;
            }
            if (!std::exchange(listing, true)) out << "<dl>"_h;
            if (destroyed) out << "<div><dt>"_h << schema::short_label(info, field, locale_) << "</dt><dd><span class=\"missing\">"_h << locale_.text("record.destroyed") << "</span></dd></div>"_h;
            else answer(out, schema::short_label(info, field, locale_), field, value);
        }
        close();
        out << "</section>\n"_h;
    }

    std::string section_words(schema::SchemaInfo const& info, std::string const& section) const
    {
        return locale_.find(info.name + ".section." + section).value_or(section);
    }

    void answer(Html& out, std::string const& label, FieldInfo const& field, schema::Value const& value)
    {
        out << "<div><dt>"_h << label << "</dt><dd>"_h;
        content(out, field, value);
        out << "</dd></div>"_h;
    }

    void content(Html& out, FieldInfo const& field, schema::Value const& value)
    {
        if (schema::is_empty(value)) {
            out << "<span class=\"missing\">"_h << locale_.text("export.not_answered") << "</span>"_h;
            return;
        }
        if (auto const* parts = std::get_if<schema::Rows>(&value); parts && field.kind == Kind::Object && !parts->empty() && !field.rows->find("name")) {
            row_details(out, *field.rows, parts->front(), nullptr);
            return;
        }
        auto const all = value_lines(field, value, locale_, titles_);
        if (field.kind == Kind::Url && all.size() == 1 && is_http_url(all.front())) {
            out << "<a rel=\"noreferrer\""_h;
            out.url("href"_h, all.front());
            out << ">"_h << all.front() << "</a>"_h;
            return;
        }
        lines(out, all);
    }

    /// A table when its columns fit on paper, else one line per row with what it says beside its name.
    void owned_rows(Html& out, FieldInfo const& field, schema::Rows const& rows)
    {
        auto const& info = *field.rows;
        std::vector<std::size_t> used;
        for (std::size_t i = 0; i < info.fields.size(); ++i)
            for (auto const& row : rows)
                if (i < row.values.size() && !says_nothing(info.fields[i], row.values[i])) {
                    used.push_back(i);
                    break;
                }
        if (used.empty()) return;
        auto const label = schema::short_label(*job_.kind.schema, field, locale_);
        // Scrolls by itself on a narrow screen, by keyboard too.
        out << "<div class=\"sheet\" role=\"region\" tabindex=\"0\""_h;
        out.attr("aria-label"_h, label);
        out << "><table><caption>"_h << label << "</caption>"_h;
        if (used.size() <= widest_table) narrow_table(out, info, rows, used);
        else wide_table(out, info, rows);
        out << "</table></div>"_h;
    }

    void narrow_table(Html& out, schema::SchemaInfo const& info, schema::Rows const& rows, std::vector<std::size_t> const& used)
    {
        out << "<thead><tr>"_h;
        for (auto i : used) out << "<th scope=\"col\">"_h << schema::short_label(info, info.fields[i], locale_) << "</th>"_h;
        out << "</tr></thead><tbody>"_h;
        for (auto const& row : rows) {
            out << "<tr>"_h;
            for (auto i : used) {
                out << "<td>"_h;
                if (i < row.values.size() && !says_nothing(info.fields[i], row.values[i])) content(out, info.fields[i], row.values[i]);
                out << "</td>"_h;
            }
            out << "</tr>"_h;
        }
        out << "</tbody>"_h;
    }

    void wide_table(Html& out, schema::SchemaInfo const& info, schema::Rows const& rows)
    {
        FieldInfo const* title = nullptr;
        for (auto const& field : info.fields)
            if (field.title && !title) title = &field;
        out << "<tbody>"_h;
        for (auto const& row : rows) {
            out << "<tr><th scope=\"row\">"_h << schema::row_title(info, row, locale_) << "</th><td>"_h;
            row_details(out, info, row, title);
            out << "</td></tr>"_h;
        }
        out << "</tbody>"_h;
    }

    /// `named` already stands at the head of the line, unless it was too long to stand there whole.
    void row_details(Html& out, schema::SchemaInfo const& info, schema::Row const& row, FieldInfo const* named)
    {
        out << "<dl class=\"parts\">"_h;
        for (std::size_t i = 0; i < info.fields.size() && i < row.values.size(); ++i) {
            auto const& field = info.fields[i];
            if (says_nothing(field, row.values[i])) continue;
            if (&field == named && schema::show(field, row.values[i], locale_) == schema::row_title(info, row, locale_)) continue;
            answer(out, schema::short_label(info, field, locale_), field, row.values[i]);
        }
        out << "</dl>"_h;
    }

    records::ExportJob const& job_;
    Locale const& locale_;
    LinkedTitles titles_;
    documents::ScratchFile sections_;   // the list of contents stands before them and is known after them
    Html contents_;
    std::int64_t count_ = 0;
};

} // namespace

Status write_html(records::ExportJob const& job, records::Sink const& sink) { return Page(job).write(sink); }

} // namespace greffier::exchange
