# Loads the cmdlets into a separate load context; only the loader is in PowerShell's context.
# Uses only cmdlets of the engine, because some hosts lack the Utility and Management modules.
# The caller's preferences do not apply to the import of this module.
$WhatIfPreference = $false
$VerbosePreference = 'SilentlyContinue'

$bin = "$PSScriptRoot/bin"
$null = [Reflection.Assembly]::LoadFrom("$bin/OnnxDeep.Loader.dll")
$mismatch = [OnnxDeep.Loader.ModulePlatform]::FindMismatch($bin)
if ($mismatch) {
    throw [Management.Automation.ErrorRecord]::new(
        [PlatformNotSupportedException]::new($mismatch), 'PackageForOtherPlatform', 'NotInstalled', $bin)
}
$isAgain = [OnnxDeep.Loader.ModuleLoadContext]::IsLoaded($bin)
$cmdlets = [OnnxDeep.Loader.ModuleLoadContext]::LoadCmdlets($bin)
$nested = Microsoft.PowerShell.Core\Import-Module -Assembly $cmdlets -PassThru:$isAgain

# On a second import, PowerShell caches the nested module and does not export its cmdlets and aliases; export them here.
if ($isAgain) {
    $export = [Management.Automation.PSModuleInfo].GetMethod(
        'AddExportedCmdlet', [Reflection.BindingFlags]'Instance, NonPublic')
    if ($null -eq $export) {
        throw 'This version of PowerShell cannot import OnnxDeep a second time. Start a new PowerShell session.'
    }
    foreach ($cmdlet in $nested.ExportedCmdlets.Values) {
        $null = $export.Invoke($ExecutionContext.SessionState.Module, @(, $cmdlet))
    }
    foreach ($alias in $nested.ExportedAliases.Values) {
        $null = $ExecutionContext.InvokeProvider.Item.Set("Alias:$($alias.Name)", $alias.Definition)
    }
    Microsoft.PowerShell.Core\Export-ModuleMember -Cmdlet * -Alias *
}
