#include "cli/password.hpp"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <istream>

namespace greffier::cli {

namespace {

constexpr std::size_t longest = 1024;

/// The terminal without echo, put back as it was.
class Quiet {
public:
    explicit Quiet(int terminal) : terminal_(terminal)
    {
        ::tcgetattr(terminal_, &before_);
        termios quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(terminal_, TCSAFLUSH, &quiet);
    }
    ~Quiet() { ::tcsetattr(terminal_, TCSAFLUSH, &before_); }
    Quiet(Quiet const&) = delete;
    Quiet& operator=(Quiet const&) = delete;

private:
    int terminal_;
    termios before_{};
};

void say(int terminal, std::string const& text)
{
    [[maybe_unused]] auto const written = ::write(terminal, text.data(), text.size());
}

std::string ask(int terminal, std::string const& question)
{
    say(terminal, question + " ");
    std::string line;
    char c = 0;
    while (line.size() <= longest && ::read(terminal, &c, 1) == 1 && c != '\n') line += c;
    say(terminal, "\n");
    return line;
}

}  // namespace

Result<SecretText> read_password(Invocation& call)
{
    if (call.has("password-stdin")) {
        std::string line;
        std::getline(call.in, line);
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (line.empty()) return Error::invalid("cli_password_absent");
        if (line.size() > longest) return Error::invalid("password_too_long");
        return SecretText{std::move(line)};
    }
    int const terminal = ::isatty(STDIN_FILENO) ? ::open("/dev/tty", O_RDWR | O_CLOEXEC) : -1;
    if (terminal < 0) return Error::invalid("cli_password_no_terminal");
    std::string first, second;
    {
        Quiet const quiet(terminal);
        first = ask(terminal, call.say("cli.password.ask"));
        second = ask(terminal, call.say("cli.password.again"));
    }
    ::close(terminal);
    bool const same = first == second;
    wipe(second.data(), second.size());
    SecretText password{std::move(first)};
    if (!same) return Error::invalid("passwords_differ");
    if (password.empty()) return Error::invalid("cli_password_absent");
    return password;
}

}  // namespace greffier::cli
