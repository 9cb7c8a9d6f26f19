// Fails the n-th call of one kind on files below a folder, as a bad disk would: preloaded by faults.py.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static int seen;

static int is_below(const char *path) {
    const char *folder = getenv("FAULT_FOLDER");
    return folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

static int is_open_below(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_below(path);
}

static int fails(const char *call, int concerns) {
    const char *wanted = getenv("FAULT_CALL");
    if (!concerns || !wanted || strcmp(wanted, call) != 0) return 0;
    if (__sync_add_and_fetch(&seen, 1) != atoi(getenv("FAULT_AT"))) return 0;
    int mark = open(getenv("FAULT_MARK"), O_CREAT | O_WRONLY, 0600);
    if (mark >= 0) close(mark);
    errno = atoi(getenv("FAULT_ERRNO"));
    return 1;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t count) {
    return fails("write", is_open_below(fd)) ? -1 : NEXT(write)(fd, bytes, count);
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
    return fails("write", is_open_below(fd)) ? -1 : NEXT(pwrite)(fd, bytes, count, at);
}
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    return fails("write", is_open_below(fd)) ? -1 : NEXT(pwrite64)(fd, bytes, count, at);
}
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) {
    return fails("write", is_open_below(fd)) ? -1 : NEXT(pwritev64)(fd, parts, count, at);
}
ssize_t read(int fd, void *bytes, size_t count) {
    return fails("read", is_open_below(fd)) ? -1 : NEXT(read)(fd, bytes, count);
}
ssize_t pread64(int fd, void *bytes, size_t count, off64_t at) {
    return fails("read", is_open_below(fd)) ? -1 : NEXT(pread64)(fd, bytes, count, at);
}
int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    int mode = va_arg(rest, int);
    va_end(rest);
    return fails("open", is_below(path)) ? -1 : NEXT(open)(path, flags, mode);
}
int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    int mode = va_arg(rest, int);
    va_end(rest);
    return fails("open", is_below(path)) ? -1 : NEXT(open64)(path, flags, mode);
}
int rename(const char *from, const char *to) {
    return fails("rename", is_below(to)) ? -1 : NEXT(rename)(from, to);
}
int unlink(const char *path) {
    return fails("unlink", is_below(path)) ? -1 : NEXT(unlink)(path);
}
int chmod(const char *path, mode_t mode) {
    return fails("chmod", is_below(path)) ? -1 : NEXT(chmod)(path, mode);
}
int fstat64(int fd, struct stat64 *status) {
    return fails("fstat", is_open_below(fd)) ? -1 : NEXT(fstat64)(fd, status);
}
int fstat(int fd, struct stat *status) {
    return fails("fstat", is_open_below(fd)) ? -1 : NEXT(fstat)(fd, status);
}
int flock(int fd, int operation) {
    return fails("flock", is_open_below(fd)) ? -1 : NEXT(flock)(fd, operation);
}
