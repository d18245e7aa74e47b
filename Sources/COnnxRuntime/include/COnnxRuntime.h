// The part of ONNX Runtime's C interface that Loci calls.
//
// ONNX Runtime hands out a table of function pointers. The table only ever grows: a slot keeps its
// number and its signature for ever. So the slots that Loci calls are named here, and the others
// are padding. The numbers are checked when OnnxRuntime.c is compiled.

#ifndef LOCI_ONNX_RUNTIME_H
#define LOCI_ONNX_RUNTIME_H

#include <stddef.h>
#include <stdint.h>

typedef struct OrtAllocator OrtAllocator;
typedef struct OrtEnv OrtEnv;
typedef struct OrtMemoryInfo OrtMemoryInfo;
typedef struct OrtRunOptions OrtRunOptions;
typedef struct OrtSession OrtSession;
typedef struct OrtSessionOptions OrtSessionOptions;
typedef struct OrtStatus OrtStatus;
typedef struct OrtTensorInfo OrtTensorInfo;
typedef struct OrtTypeInfo OrtTypeInfo;
typedef struct OrtValue OrtValue;

// A call returns no status where it succeeded; a status is released by the caller.
typedef struct OnnxRuntimeTable {
  void *slots0to1[2];
  const char *(*getErrorMessage)(const OrtStatus *status);
  OrtStatus *(*createEnv)(int logLevel, const char *name, OrtEnv **made);
  void *slots4to5[2];
  OrtStatus *(*disableTelemetryEvents)(const OrtEnv *env);
  OrtStatus *(*createSession)(
      const OrtEnv *env, const char *path, const OrtSessionOptions *options, OrtSession **made);
  OrtStatus *(*createSessionFromArray)(
      const OrtEnv *env, const void *model, size_t modelBytes, const OrtSessionOptions *options,
      OrtSession **made);
  OrtStatus *(*run)(
      OrtSession *session, const OrtRunOptions *options, const char *const *inputNames,
      const OrtValue *const *inputs, size_t inputCount, const char *const *outputNames,
      size_t outputCount, OrtValue **outputs);
  OrtStatus *(*createSessionOptions)(OrtSessionOptions **made);
  void *slots11to16[6];
  OrtStatus *(*disableMemPattern)(OrtSessionOptions *options);
  void *slots18to22[5];
  OrtStatus *(*setSessionGraphOptimizationLevel)(OrtSessionOptions *options, int level);
  OrtStatus *(*setIntraOpNumThreads)(OrtSessionOptions *options, int count);
  void *slots25to29[5];
  OrtStatus *(*sessionGetInputCount)(const OrtSession *session, size_t *count);
  OrtStatus *(*sessionGetOutputCount)(const OrtSession *session, size_t *count);
  void *slot32;
  OrtStatus *(*sessionGetInputTypeInfo)(
      const OrtSession *session, size_t index, OrtTypeInfo **made);
  OrtStatus *(*sessionGetOutputTypeInfo)(
      const OrtSession *session, size_t index, OrtTypeInfo **made);
  void *slot35;
  OrtStatus *(*sessionGetInputName)(
      const OrtSession *session, size_t index, OrtAllocator *allocator, char **made);
  OrtStatus *(*sessionGetOutputName)(
      const OrtSession *session, size_t index, OrtAllocator *allocator, char **made);
  void *slot38;
  OrtStatus *(*createRunOptions)(OrtRunOptions **made);
  void *slots40to45[6];
  OrtStatus *(*runOptionsSetTerminate)(OrtRunOptions *options);
  void *slots47to48[2];
  OrtStatus *(*createTensorWithDataAsOrtValue)(
      const OrtMemoryInfo *memory, void *data, size_t dataBytes, const int64_t *shape, size_t rank,
      int elementType, OrtValue **made);
  void *slot50;
  OrtStatus *(*getTensorMutableData)(OrtValue *value, void **data);
  void *slots52to54[3];
  OrtStatus *(*castTypeInfoToTensorInfo)(const OrtTypeInfo *type, const OrtTensorInfo **borrowed);
  void *slots56to59[4];
  OrtStatus *(*getTensorElementType)(const OrtTensorInfo *info, int *elementType);
  OrtStatus *(*getDimensionsCount)(const OrtTensorInfo *info, size_t *rank);
  OrtStatus *(*getDimensions)(const OrtTensorInfo *info, int64_t *shape, size_t rank);
  void *slots63to64[2];
  OrtStatus *(*getTensorTypeAndShape)(const OrtValue *value, OrtTensorInfo **made);
  void *slots66to68[3];
  OrtStatus *(*createCpuMemoryInfo)(int allocatorKind, int memoryKind, OrtMemoryInfo **made);
  void *slots70to75[6];
  OrtStatus *(*allocatorFree)(OrtAllocator *allocator, void *pointer);
  void *slot77;
  OrtStatus *(*getAllocatorWithDefaultOptions)(OrtAllocator **shared);
  void *slots79to91[13];
  void (*releaseEnv)(OrtEnv *env);
  void (*releaseStatus)(OrtStatus *status);
  void (*releaseMemoryInfo)(OrtMemoryInfo *info);
  void (*releaseSession)(OrtSession *session);
  void (*releaseValue)(OrtValue *value);
  void (*releaseRunOptions)(OrtRunOptions *options);
  void (*releaseTypeInfo)(OrtTypeInfo *type);
  void (*releaseTensorInfo)(OrtTensorInfo *info);
  void (*releaseSessionOptions)(OrtSessionOptions *options);
  void *slots101to129[29];
  OrtStatus *(*addSessionConfigEntry)(
      OrtSessionOptions *options, const char *key, const char *value);
  void *slots131to278[148];
  OrtStatus *(*addExternalInitializersFromFilesInMemory)(
      OrtSessionOptions *options, const char *const *fileNames, char *const *files,
      const size_t *fileBytes, size_t fileCount);
} OnnxRuntimeTable;

// Graph optimisation levels.
enum { OnnxOptimizationBasic = 1, OnnxOptimizationAll = 99 };

// Tensor element types.
enum { OnnxFloat = 1, OnnxInt32 = 6, OnnxInt64 = 7 };

// What became of an attempt to open the library.
typedef enum OnnxRuntimeOpening {
  OnnxRuntimeOpened = 0,
  OnnxRuntimeNotLoadable = 1, // no such file, or no shared library for this machine
  OnnxRuntimeNotOnnxRuntime = 2, // a library without the entry point
  OnnxRuntimeTooOld = 3 // an ONNX Runtime without the interface of version 18
} OnnxRuntimeOpening;

// Turns telemetry off for this process, then opens the library and asks it for its table.
//
// The library stays open for the life of the process. `text` gets the dynamic linker's words where
// the library is not loadable, and the library's version where it is too old or was opened.
OnnxRuntimeOpening onnxRuntimeOpen(
    const char *path, const OnnxRuntimeTable **table, char *text, size_t textBytes);

#endif
