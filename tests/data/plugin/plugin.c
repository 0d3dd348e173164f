// The smallest plug-in provider for ONNX Runtime: a device on each processor and no operators, so that all of a model runs
// on the CPU. With NO_DEVICES it finds none; with REFUSE its sessions cannot be made.
#include <stdbool.h>
#include <stdlib.h>

#include "onnxruntime_c_api.h"

// The first version whose functions below are all there are.
#define PLUGIN_VERSION 23

static const OrtApi* s_api;

static const char* ORT_API_CALL EpName(const OrtEp* ep) { (void)ep; return "AbacusExecutionProvider"; }

static OrtStatus* ORT_API_CALL GetCapability(OrtEp* ep, const OrtGraph* graph, OrtEpGraphSupportInfo* info) {
  (void)ep; (void)graph; (void)info;
  return NULL;
}

static const char* ORT_API_CALL FactoryName(const OrtEpFactory* factory) { (void)factory; return "AbacusExecutionProvider"; }

static const char* ORT_API_CALL Vendor(const OrtEpFactory* factory) { (void)factory; return "OnnxDeep tests"; }

static OrtStatus* ORT_API_CALL GetSupportedDevices(
    OrtEpFactory* factory, const OrtHardwareDevice* const* devices, size_t count, OrtEpDevice** found, size_t max, size_t* number) {
  (void)factory; (void)devices; (void)count; (void)found; (void)max;
  *number = 0;
#ifndef NO_DEVICES
  for (size_t i = 0; i < count && *number < max; i++) {
    if (s_api->HardwareDevice_Type(devices[i]) == OrtHardwareDeviceType_CPU) {
      OrtStatus* status = s_api->GetEpApi()->CreateEpDevice(factory, devices[i], NULL, NULL, &found[*number]);
      if (status != NULL) {
        return status;
      }
      ++*number;
    }
  }
#endif
  return NULL;
}

static OrtStatus* ORT_API_CALL CreateEp(
    OrtEpFactory* factory, const OrtHardwareDevice* const* devices, const OrtKeyValuePairs* const* metadata, size_t count,
    const OrtSessionOptions* options, const OrtLogger* logger, OrtEp** ep) {
  (void)factory; (void)devices; (void)metadata; (void)count; (void)options; (void)logger; (void)ep;
#ifdef REFUSE
  return s_api->CreateStatus(ORT_FAIL, "the abacus has lost its beads");
#else
  *ep = calloc(1, sizeof(OrtEp));
  (*ep)->ort_version_supported = PLUGIN_VERSION;
  (*ep)->GetName = EpName;
  (*ep)->GetCapability = GetCapability;
  return NULL;
#endif
}

static void ORT_API_CALL ReleaseEp(OrtEpFactory* factory, OrtEp* ep) {
  (void)factory;
  free(ep);
}

static uint32_t ORT_API_CALL VendorId(const OrtEpFactory* factory) { (void)factory; return 0; }

static const char* ORT_API_CALL Version(const OrtEpFactory* factory) { (void)factory; return "1.0.0"; }

static OrtStatus* ORT_API_CALL CreateAllocator(
    OrtEpFactory* factory, const OrtMemoryInfo* memory, const OrtKeyValuePairs* options, OrtAllocator** allocator) {
  (void)factory; (void)memory; (void)options;
  *allocator = NULL;
  return NULL;
}

static void ORT_API_CALL ReleaseAllocator(OrtEpFactory* factory, OrtAllocator* allocator) { (void)factory; (void)allocator; }

static OrtStatus* ORT_API_CALL CreateDataTransfer(OrtEpFactory* factory, OrtDataTransferImpl** transfer) {
  (void)factory;
  *transfer = NULL;
  return NULL;
}

static bool ORT_API_CALL IsStreamAware(const OrtEpFactory* factory) { (void)factory; return false; }

static OrtEpFactory s_factory;

__attribute__((visibility("default"))) OrtStatus* CreateEpFactories(
    const char* name, const OrtApiBase* base, const OrtLogger* logger, OrtEpFactory** factories, size_t max, size_t* number) {
  (void)name; (void)logger; (void)max;
  s_api = base->GetApi(PLUGIN_VERSION);
  s_factory.ort_version_supported = PLUGIN_VERSION;
  s_factory.GetName = FactoryName;
  s_factory.GetVendor = Vendor;
  s_factory.GetSupportedDevices = GetSupportedDevices;
  s_factory.CreateEp = CreateEp;
  s_factory.ReleaseEp = ReleaseEp;
  s_factory.GetVendorId = VendorId;
  s_factory.GetVersion = Version;
  s_factory.CreateAllocator = CreateAllocator;
  s_factory.ReleaseAllocator = ReleaseAllocator;
  s_factory.CreateDataTransfer = CreateDataTransfer;
  s_factory.IsStreamAware = IsStreamAware;
  factories[0] = &s_factory;
  *number = 1;
  return NULL;
}

__attribute__((visibility("default"))) OrtStatus* ReleaseEpFactory(OrtEpFactory* factory) {
  (void)factory;
  return NULL;
}
