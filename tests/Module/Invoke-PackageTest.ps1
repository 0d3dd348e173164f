<#
.SYNOPSIS
Installs a package of OnnxDeep into an empty folder and runs the Pester files on it.

.DESCRIPTION
The .NET tests start this script in a separate process. Install-PSResource stores the module and the repository below
the user's home, so the script uses a new folder as the home and as the folder for imported tables. The results of each
file are written as JSON.

.PARAMETER Package
The .nupkg file.

.PARAMETER Pester
The folder of a version of Pester, as unpacked by NuGet.

.PARAMETER InstallPath
The folder to install to. It must not exist.

.PARAMETER ResultPath
The JSON file to write.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Package,
    [Parameter(Mandatory)] [string] $Pester,
    [Parameter(Mandatory)] [string] $InstallPath,
    [Parameter(Mandatory)] [string] $ResultPath
)

$ErrorActionPreference = 'Stop'
$PSStyle.OutputRendering = 'PlainText'

$name = "OnnxDeepPackage$PID"
$null = New-Item (Join-Path $InstallPath .local share) -ItemType Directory
$env:ONNXDEEP_HOME = Join-Path $InstallPath tables
if (-not $IsWindows) {
    $env:HOME = $InstallPath
    $env:XDG_DATA_HOME = $null
}

Register-PSResourceRepository $name (Split-Path $Package) -Trusted
try {
    if ($IsWindows) {
        # On Windows, the folder that Install-PSResource installs to cannot be changed.
        Save-PSResource OnnxDeep -Repository $name -Path $InstallPath
        $installed = $InstallPath
    }
    else {
        Install-PSResource OnnxDeep -Repository $name -Scope CurrentUser
        $installed = "$InstallPath/.local/share/powershell/Modules"
    }
}
finally {
    Unregister-PSResourceRepository $name
}

# Only the package and PowerShell's own modules: no other version of Pester or OnnxDeep.
$env:PSModulePath = $installed, (Join-Path $PSHOME Modules) -join [IO.Path]::PathSeparator
Import-Module (Join-Path $Pester tools Pester.psd1)
Import-Module OnnxDeep

$run = Invoke-Pester -Configuration (New-PesterConfiguration -Hashtable @{
        Run    = @{ Path = $PSScriptRoot; PassThru = $true }
        Output = @{ Verbosity = 'None' }
    })

function Get-Failure($Item) {
    $texts = $Item.ErrorRecord | ForEach-Object {
        "$_`n$(($_.ScriptStackTrace -split '\r?\n' -notmatch 'Pester.psm1')[0])"
    }
    @{
        Name    = $Item.ExpandedPath ?? [string] $Item.Item
        Message = $texts -join "`n"
    }
}

$files = foreach ($container in $run.Containers) {
    # Blocks fail in BeforeAll and AfterAll, containers because of parse errors.
    $blocks = [Collections.Generic.Queue[object]]::new([object[]] $container.Blocks)
    $failures = @($container | Where-Object ErrorRecord | ForEach-Object { Get-Failure $_ })
    $tests = while ($blocks.Count) {
        $block = $blocks.Dequeue()
        $block.Blocks | ForEach-Object { $blocks.Enqueue($_) }
        $failures += @($block | Where-Object ErrorRecord | ForEach-Object { Get-Failure $_ })
        $block.Tests
    }
    @{
        Name     = Split-Path $container.Item -Leaf
        Passed   = @($tests | Where-Object Result -EQ Passed).Count
        Skipped  = @($tests | Where-Object Result -In Skipped, Inconclusive | ForEach-Object ExpandedPath)
        Failures = @($failures) + @($tests | Where-Object Result -In Failed, NotRun | ForEach-Object { Get-Failure $_ })
        Seconds  = $container.Duration.TotalSeconds
    }
}

@{
    Module     = (Get-Module OnnxDeep).ModuleBase
    Pester     = [string] (Get-Module Pester).Version
    PowerShell = [string] $PSVersionTable.PSVersion
    Culture    = (Get-Culture).Name
    Files      = @($files)
} | ConvertTo-Json -Depth 5 | Set-Content $ResultPath
