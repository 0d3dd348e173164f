# Loads the cmdlets into a load context of their own; only the loader joins PowerShell's.
# No cmdlets but the engine's: the module also runs on hosts without the Utility and Management modules.
# What the caller prefers for their own commands is not meant for the making of this module.
$WhatIfPreference = $false
$VerbosePreference = 'SilentlyContinue'

$bin = "$PSScriptRoot/bin"
$null = [Reflection.Assembly]::LoadFrom("$bin/OnnxDeep.Loader.dll")
$isAgain = [OnnxDeep.Loader.ModuleLoadContext]::IsLoaded($bin)
$cmdlets = [OnnxDeep.Loader.ModuleLoadContext]::LoadCmdlets($bin)
$nested = Microsoft.PowerShell.Core\Import-Module -Assembly $cmdlets -PassThru:$isAgain

# A second import finds the nested module cached and leaves its cmdlets and aliases out of this one; hand them over.
if ($isAgain) {
    $export = [Management.Automation.PSModuleInfo].GetMethod(
        'AddExportedCmdlet', [Reflection.BindingFlags]'Instance, NonPublic')
    if ($null -eq $export) {
        throw 'This PowerShell cannot import OnnxDeep a second time. Start a new session.'
    }
    foreach ($cmdlet in $nested.ExportedCmdlets.Values) {
        $null = $export.Invoke($ExecutionContext.SessionState.Module, @(, $cmdlet))
    }
    foreach ($alias in $nested.ExportedAliases.Values) {
        $null = $ExecutionContext.InvokeProvider.Item.Set("Alias:$($alias.Name)", $alias.Definition)
    }
    Microsoft.PowerShell.Core\Export-ModuleMember -Cmdlet * -Alias *
}
