# Loads the cmdlets into a separate load context; only the loader is in PowerShell's context.
# Uses only cmdlets of the engine, because some hosts lack the Utility and Management modules.
# What few imports need is in scripts of its own, because PowerShell compiles the whole of this one.
# The caller's preferences do not apply to the import of this module.
$WhatIfPreference = $false
$VerbosePreference = 'SilentlyContinue'

$bin = "$PSScriptRoot/bin"
$null = [Reflection.Assembly]::LoadFrom("$bin/OnnxDeep.Loader.dll")
$isAgain = [OnnxDeep.Loader.ModuleLoadContext]::IsLoaded($bin)
$cmdlets = [OnnxDeep.Loader.ModuleLoadContext]::LoadCmdlets($bin)
if ($cmdlets) {
    $nested = Microsoft.PowerShell.Core\Import-Module -Assembly $cmdlets -PassThru:$isAgain
}
else {
    . "$PSScriptRoot/OnnxDeep.OtherPlatform.ps1"
}
if ($isAgain) {
    . "$PSScriptRoot/OnnxDeep.SecondImport.ps1"
}
