#include "COnnxRuntime.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

// The interface that first had the newest slot which Loci calls (279).
enum { requiredInterface = 18 };

typedef struct EntryPoint {
  const OnnxRuntimeTable *(*getTable)(uint32_t interface);
  const char *(*getVersion)(void);
} EntryPoint;

#define EXPECT_SLOT(name, slot)                                                                    \
  _Static_assert(offsetof(OnnxRuntimeTable, name) == (slot) * sizeof(void *), #name)

EXPECT_SLOT(getErrorMessage, 2);
EXPECT_SLOT(createEnv, 3);
EXPECT_SLOT(disableTelemetryEvents, 6);
EXPECT_SLOT(createSession, 7);
EXPECT_SLOT(createSessionFromArray, 8);
EXPECT_SLOT(run, 9);
EXPECT_SLOT(createSessionOptions, 10);
EXPECT_SLOT(disableMemPattern, 17);
EXPECT_SLOT(setSessionGraphOptimizationLevel, 23);
EXPECT_SLOT(setIntraOpNumThreads, 24);
EXPECT_SLOT(sessionGetInputCount, 30);
EXPECT_SLOT(sessionGetOutputCount, 31);
EXPECT_SLOT(sessionGetInputTypeInfo, 33);
EXPECT_SLOT(sessionGetOutputTypeInfo, 34);
EXPECT_SLOT(sessionGetInputName, 36);
EXPECT_SLOT(sessionGetOutputName, 37);
EXPECT_SLOT(createRunOptions, 39);
EXPECT_SLOT(runOptionsSetTerminate, 46);
EXPECT_SLOT(createTensorWithDataAsOrtValue, 49);
EXPECT_SLOT(getTensorMutableData, 51);
EXPECT_SLOT(castTypeInfoToTensorInfo, 55);
EXPECT_SLOT(getTensorElementType, 60);
EXPECT_SLOT(getDimensionsCount, 61);
EXPECT_SLOT(getDimensions, 62);
EXPECT_SLOT(getTensorTypeAndShape, 65);
EXPECT_SLOT(createCpuMemoryInfo, 69);
EXPECT_SLOT(allocatorFree, 76);
EXPECT_SLOT(getAllocatorWithDefaultOptions, 78);
EXPECT_SLOT(releaseEnv, 92);
EXPECT_SLOT(releaseSessionOptions, 100);
EXPECT_SLOT(addSessionConfigEntry, 130);
EXPECT_SLOT(addExternalInitializersFromFilesInMemory, 279);

OnnxRuntimeOpening onnxRuntimeOpen(
    const char *path, const OnnxRuntimeTable **table, char *text, size_t textBytes) {
  // The published library reports home by default. It reads this once, when it starts.
  setenv("ORT_DISABLE_TELEMETRY", "1", 1);
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    snprintf(text, textBytes, "%s", dlerror());
    return OnnxRuntimeNotLoadable;
  }
  const EntryPoint *(*getEntryPoint)(void) =
      (const EntryPoint *(*)(void))dlsym(library, "OrtGetApiBase");
  if (!getEntryPoint) return OnnxRuntimeNotOnnxRuntime;
  const EntryPoint *entryPoint = getEntryPoint();
  snprintf(text, textBytes, "%s", entryPoint->getVersion());
  *table = entryPoint->getTable(requiredInterface);
  return *table ? OnnxRuntimeOpened : OnnxRuntimeTooOld;
}
