/* Faults below one folder, and another time of day, for a process that this is preloaded into.

   The file that FAULTS_STATE names is mapped by whoever tests and by every process tested, workers
   included: the operations on files below the folder of FAULTS_BELOW are counted in it, and the one whose
   turn it is fails, or ends the process group as kill -9 does. The same file holds seconds that are added
   to the time of day. Nothing is changed while the file says nothing. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum how { COUNT = 0, FAIL = 1, FAIL_ON = 2, KILL = 3, TEAR = 4 };
enum kind { MAKE, WRITE, SYNC, RENAME, UNLINK, READ };

struct state {
    int64_t how;    /* what becomes of the operation whose turn it is */
    int64_t turn;   /* its number, from 1; 0: none */
    int64_t error;  /* errno for it */
    int64_t count;  /* operations so far */
    int64_t reads;  /* whether reading counts, in place of changing */
    int64_t offset; /* seconds that are added to the time of day */
};

static struct state none, *state = &none;
static char below[PATH_MAX];

__attribute__((constructor)) static void begin(void) {
    const char *name = getenv("FAULTS_STATE"), *folder = getenv("FAULTS_BELOW");
    int (*real_open)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
    int file = name ? real_open(name, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *mapped = mmap(NULL, sizeof none, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (mapped != MAP_FAILED) state = mapped;
    if (folder) snprintf(below, sizeof below, "%s/", folder);
}

static int is_below(const char *path) {
    char whole[2 * PATH_MAX];
    if (!below[0] || !path) return 0;
    if (path[0] != '/') {
        char here[PATH_MAX];
        if (!getcwd(here, sizeof here)) return 0;
        snprintf(whole, sizeof whole, "%s/%s", here, path);
    } else {
        snprintf(whole, sizeof whole, "%s", path);
    }
    strncat(whole, "/", sizeof whole - strlen(whole) - 1);
    return strncmp(whole, below, strlen(below)) == 0;
}

static int is_file_below(int file) {
    char link[64], path[PATH_MAX];
    if (!below[0]) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return is_below(path);
}

/* 0: go on; 1: fail, errno is set; 2: do half of it and die. */
static int meets(enum kind kind) {
    if ((kind == READ) != (state->reads != 0)) return 0;
    int64_t number = __sync_add_and_fetch(&state->count, 1);
    if (!state->turn || number < state->turn) return 0;
    if (state->how == FAIL_ON) { /* a full disk still lets files go and names change */
        if (kind == RENAME || kind == UNLINK) return 0;
        errno = (int)state->error;
        return 1;
    }
    if (number != state->turn) return 0;
    if (state->how == FAIL) {
        errno = (int)state->error;
        return 1;
    }
    if (state->how == TEAR && kind == WRITE) return 2;
    if (state->how == KILL || state->how == TEAR) kill(0, SIGKILL);
    return 0;
}

#define REAL(name) ((__typeof__(&name))real_##name)
#define FIND(name) \
    static void *real_##name; \
    if (!real_##name) real_##name = dlsym(RTLD_NEXT, #name)

#define OPENS(name)                                                              \
    int name(const char *path, int flags, ...) {                                 \
        FIND(name);                                                              \
        va_list more;                                                            \
        va_start(more, flags);                                                   \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0; \
        va_end(more);                                                            \
        if (is_below(path)) {                                                    \
            enum kind kind = (flags & (O_CREAT | O_TRUNC)) ? MAKE : READ;        \
            if (meets(kind) == 1) return -1;                                     \
        }                                                                        \
        return REAL(name)(path, flags, mode);                                    \
    }
OPENS(open)
OPENS(open64)

#define OPENS_AT(name)                                                           \
    int name(int at, const char *path, int flags, ...) {                         \
        FIND(name);                                                              \
        va_list more;                                                            \
        va_start(more, flags);                                                   \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(more, mode_t) : 0; \
        va_end(more);                                                            \
        if (at == AT_FDCWD && is_below(path)) {                                  \
            enum kind kind = (flags & (O_CREAT | O_TRUNC)) ? MAKE : READ;        \
            if (meets(kind) == 1) return -1;                                     \
        }                                                                        \
        return REAL(name)(at, path, flags, mode);                                \
    }
OPENS_AT(openat)
OPENS_AT(openat64)

ssize_t write(int file, const void *bytes, size_t size) {
    FIND(write);
    if (is_file_below(file)) {
        int met = meets(WRITE);
        if (met == 1) return -1;
        if (met == 2) {
            REAL(write)(file, bytes, size / 2);
            kill(0, SIGKILL);
        }
    }
    return REAL(write)(file, bytes, size);
}

#define WRITES_AT(name, offset_t)                                                \
    ssize_t name(int file, const void *bytes, size_t size, offset_t offset) {    \
        FIND(name);                                                              \
        if (is_file_below(file)) {                                               \
            int met = meets(WRITE);                                              \
            if (met == 1) return -1;                                             \
            if (met == 2) {                                                      \
                REAL(name)(file, bytes, size / 2, offset);                       \
                kill(0, SIGKILL);                                                \
            }                                                                    \
        }                                                                        \
        return REAL(name)(file, bytes, size, offset);                            \
    }
WRITES_AT(pwrite, off_t)
WRITES_AT(pwrite64, off64_t)

#define READS_AT(name, offset_t)                                                 \
    ssize_t name(int file, void *bytes, size_t size, offset_t offset) {          \
        FIND(name);                                                              \
        if (state->reads && is_file_below(file) && meets(READ) == 1) return -1;  \
        return REAL(name)(file, bytes, size, offset);                            \
    }
READS_AT(pread, off_t)
READS_AT(pread64, off64_t)

ssize_t read(int file, void *bytes, size_t size) {
    FIND(read);
    if (state->reads && is_file_below(file) && meets(READ) == 1) return -1;
    return REAL(read)(file, bytes, size);
}

#define ON_A_FILE(name, kind, takes, gives)                    \
    int name takes {                                           \
        FIND(name);                                            \
        if (is_file_below(file) && meets(kind) == 1) return -1; \
        return REAL(name) gives;                               \
    }
ON_A_FILE(fsync, SYNC, (int file), (file))
ON_A_FILE(fdatasync, SYNC, (int file), (file))
ON_A_FILE(ftruncate, WRITE, (int file, off_t size), (file, size))
ON_A_FILE(ftruncate64, WRITE, (int file, off64_t size), (file, size))

#define ON_A_PATH(name, kind, takes, gives)               \
    int name takes {                                      \
        FIND(name);                                       \
        if (is_below(path) && meets(kind) == 1) return -1; \
        return REAL(name) gives;                          \
    }
ON_A_PATH(rename, RENAME, (const char *path, const char *to), (path, to))
ON_A_PATH(unlink, UNLINK, (const char *path), (path))
ON_A_PATH(mkdir, MAKE, (const char *path, mode_t mode), (path, mode))

int clock_gettime(clockid_t clock, struct timespec *now) {
    FIND(clock_gettime);
    int found = REAL(clock_gettime)(clock, now);
    if (!found && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += state->offset;
    return found;
}

time_t time(time_t *told) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (told) *told = now.tv_sec;
    return now.tv_sec;
}

int gettimeofday(struct timeval *now, void *zone) {
    FIND(gettimeofday);
    int found = REAL(gettimeofday)(now, zone);
    if (!found) now->tv_sec += state->offset;
    return found;
}
