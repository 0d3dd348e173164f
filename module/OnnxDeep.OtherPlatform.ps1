# Ends the import of a copy of the module that has no native libraries for this platform.
$mismatch = [OnnxDeep.Loader.ModulePlatform]::FindMismatch($bin)
throw [Management.Automation.ErrorRecord]::new(
    [PlatformNotSupportedException]::new($mismatch), 'PackageForOtherPlatform', 'NotInstalled', $bin)
