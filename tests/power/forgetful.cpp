// In LD_PRELOAD: folders are never synced. With it the test of power cuts must find losses.
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

extern "C" __attribute__((visibility("default"))) int fsync(int descriptor) {
  struct stat facts {};
  if (fstat(descriptor, &facts) == 0 && S_ISDIR(facts.st_mode)) return 0;
  return static_cast<int>(syscall(SYS_fsync, descriptor));
}
