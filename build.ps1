#Requires -Version 7.6

<#
.SYNOPSIS
Builds, tests and packs OnnxDeep.

.DESCRIPTION
Clean removes what Build has written. Build compiles the solution and lays the importable module out in
artifacts/module/OnnxDeep. Test runs all tests with dotnet test, which packs the module, installs the package into an
empty folder and runs the Pester files on it. Pack writes artifacts/packages/OnnxDeep.<version>.nupkg, which
Publish-PSResource -NupkgPath takes and Install-PSResource installs; it works on what Build has laid out.

.PARAMETER Task
One or several tasks; they run in the order that they are given.

.PARAMETER Configuration
The configuration to build and test.

.PARAMETER Provider
Cpu builds with the package Microsoft.ML.OnnxRuntime, which runs everywhere. Gpu takes Microsoft.ML.OnnxRuntime.Gpu
instead, for CUDA on Windows and Linux x64; its output lies apart, in artifacts/flavor-gpu.

.EXAMPLE
./build.ps1

Builds.

.EXAMPLE
./build.ps1 -Task Clean, Build, Test, Pack

Does everything, from nothing.

.EXAMPLE
./build.ps1 -Provider Gpu

Builds a module that runs models with CUDA, in artifacts/flavor-gpu/module/OnnxDeep.
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Clean', 'Build', 'Test', 'Pack')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    [ValidateSet('Cpu', 'Gpu')]
    [string] $Provider = 'Cpu'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$artifacts = Join-Path $PSScriptRoot ($Provider -eq 'Gpu' ? 'artifacts/flavor-gpu' : 'artifacts')
$staged = Join-Path $artifacts module OnnxDeep

function Invoke-Program {
    $program, $arguments = $args
    & $program @arguments
    if ($LASTEXITCODE -ne 0) {
        throw "$program $($arguments[0]) failed with exit code $LASTEXITCODE."
    }
}

function Invoke-Clean {
    if (Test-Path $artifacts) {
        Remove-Item $artifacts -Recurse -Force
    }
}

function Invoke-Build {
    Invoke-Program dotnet build $PSScriptRoot/OnnxDeep.sln -c $Configuration "-p:OnnxRuntimeFlavor=$Provider"
}

function Invoke-Test {
    Invoke-Program dotnet test --solution $PSScriptRoot/OnnxDeep.sln -c $Configuration "-p:OnnxRuntimeFlavor=$Provider"
}

function Invoke-Pack {
    if (-not (Test-Path $staged/OnnxDeep.psd1)) {
        throw "There is no module in '$staged'. Run ./build.ps1 -Task Build -Provider $Provider first."
    }

    $packages = New-Item (Join-Path $artifacts packages) -ItemType Directory -Force
    $nuspec = Join-Path $packages OnnxDeep.nuspec
    (Get-Nuspec (Import-PowerShellDataFile $staged/OnnxDeep.psd1)).Save($nuspec)

    # NU5100 would warn of assemblies outside a lib folder, where a module has none.
    Invoke-Program dotnet pack $nuspec --output $packages '-p:NoWarn=NU5100'
    Remove-Item $nuspec
}

# The tags are those that PowerShell galleries search modules and commands by.
function Get-Nuspec([hashtable] $Manifest) {
    $gallery = $Manifest.PrivateData.PSData
    $commands = $Manifest.CmdletsToExport | ForEach-Object { "PSCmdlet_$_", "PSCommand_$_" }
    $tags = @($gallery.Tags) + 'PSModule' + 'PSEdition_Core' + 'PSIncludes_Cmdlet' + $commands | Select-Object -Unique
    $values = @{
        id                       = 'OnnxDeep'
        version                  = $Manifest.ModuleVersion
        authors                  = $Manifest.Author
        owners                   = $Manifest.CompanyName
        description              = $Manifest.Description
        copyright                = $Manifest.Copyright
        requireLicenseAcceptance = 'false'
        readme                   = 'README.md'
        releaseNotes             = $gallery.ReleaseNotes
        tags                     = $tags -join ' '
    }

    [xml] $nuspec = @"
<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
  <metadata>
    <license type="expression">MIT</license>
  </metadata>
  <files>
    <file src="../module/OnnxDeep/**" />
  </files>
</package>
"@
    $metadata = $nuspec.DocumentElement['metadata']
    foreach ($name in $values.Keys) {
        $element = $nuspec.CreateElement($name, $metadata.NamespaceURI)
        $element.InnerText = $values[$name]
        $null = $metadata.AppendChild($element)
    }

    $nuspec
}

foreach ($name in $Task) {
    & "Invoke-$name"
}
