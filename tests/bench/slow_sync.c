/* Preloaded into the program under test: makes each fsync as slow as a real disk, and counts what the write-ahead log takes.
 *   SLOW_SYNC_US    microseconds added to each fsync and fdatasync
 *   SLOW_SYNC_LOG   file that receives "<syncs> <pages written to *-wal>" when the process gets SIGUSR2 or ends */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static atomic_long syncs, pages;
static atomic_char is_log[65536];      /* by file descriptor: 0 unknown, 1 no, 2 yes */
static long extra_us;
static char const *report;

static void tell(void)
{
    if (!report) return;
    char text[64];
    int const length = snprintf(text, sizeof text, "%ld %ld\n", atomic_load(&syncs), atomic_load(&pages));
    int const file = open(report, O_CREAT | O_WRONLY | O_TRUNC, 0600);
    if (file < 0) return;
    if (write(file, text, (size_t)length) != length) { /* nobody to tell */ }
    close(file);
}

static void on_signal(int number)
{
    (void)number;
    tell();
}

__attribute__((constructor)) static void begin(void)
{
    char const *wanted = getenv("SLOW_SYNC_US");
    extra_us = wanted ? atol(wanted) : 0;
    report = getenv("SLOW_SYNC_LOG");
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigaction(SIGUSR2, &action, NULL);
    atexit(tell);
}

static void wait_for_disk(void)
{
    atomic_fetch_add(&syncs, 1);
    if (extra_us <= 0) return;
    struct timespec pause = {extra_us / 1000000, (extra_us % 1000000) * 1000};
    while (nanosleep(&pause, &pause) != 0) {}
}

int fsync(int file)
{
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    wait_for_disk();
    return real(file);
}

int fdatasync(int file)
{
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    wait_for_disk();
    return real(file);
}

int close(int file)
{
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "close");
    if (file >= 0 && file < 65536) atomic_store(&is_log[file], 0);
    return real(file);
}

static int writes_log(int file)
{
    if (file < 0 || file >= 65536) return 0;
    if (is_log[file] == 0) {
        char link[64], target[4096];
        snprintf(link, sizeof link, "/proc/self/fd/%d", file);
        ssize_t const length = readlink(link, target, sizeof target - 1);
        int const yes = length > 4 && strncmp(target + length - 4, "-wal", 4) == 0;
        atomic_store(&is_log[file], yes ? 2 : 1);
    }
    return is_log[file] == 2;
}

ssize_t pwrite64(int file, void const *bytes, size_t size, off64_t place)
{
    static ssize_t (*real)(int, void const *, size_t, off64_t);
    if (!real) real = (ssize_t(*)(int, void const *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
    if (size >= 4096 && writes_log(file)) atomic_fetch_add(&pages, (long)(size / 4096));
    return real(file, bytes, size, place);
}
