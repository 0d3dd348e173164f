#Requires -Version 7.6

<#
.SYNOPSIS
Builds, tests and packs OnnxDeep.

.DESCRIPTION
Clean removes the build output. Build compiles the solution and stages the importable module in
artifacts/module/OnnxDeep. Test runs all tests with dotnet test, which packs the module, installs the package into an
empty folder and runs the Pester files on it. Pack packs the staged module as
artifacts/packages/OnnxDeep.<version>.nupkg, for Install-PSResource and Publish-PSResource -NupkgPath, and for each
platform as a smaller package of the same name in a folder of its own, such as artifacts/packages/linux-x64. Beside each
package are its bill of materials (.cdx.json) and the hashes of its files (.files.sha256), and SHA256SUMS has the hashes
of all of these.

.PARAMETER Task
One or more tasks. They run in the given order.

.PARAMETER Configuration
The configuration to build and test.

.PARAMETER Provider
Cpu builds with the package Microsoft.ML.OnnxRuntime, which runs everywhere. Gpu builds with
Microsoft.ML.OnnxRuntime.Gpu, for CUDA on Windows and Linux x64, and writes its output to artifacts/flavor-gpu.

.EXAMPLE
./build.ps1

Builds.

.EXAMPLE
./build.ps1 -Task Clean, Build, Test, Pack

Runs all tasks on a clean tree.

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
        throw "Cannot find the module in '$staged'. Run ./build.ps1 -Task Build -Provider $Provider first."
    }

    $packages = New-Item (Join-Path $artifacts packages) -ItemType Directory -Force
    $nuspec = Join-Path $packages OnnxDeep.nuspec
    (Get-Nuspec (Import-PowerShellDataFile $staged/OnnxDeep.psd1)).Save($nuspec)

    $packager = Join-Path $artifacts bin OnnxDeep.Packager $Configuration.ToLowerInvariant() OnnxDeep.Packager.dll
    $assets = Join-Path $artifacts obj OnnxDeep.PowerShell project.assets.json
    Invoke-Program dotnet $packager pack $staged $assets $nuspec $packages
    Remove-Item $nuspec
}

# PowerShell galleries use these tags to search for modules and commands.
function Get-Nuspec([hashtable] $Manifest) {
    $gallery = $Manifest.PrivateData.PSData
    $commands = $Manifest.CmdletsToExport | ForEach-Object { "PSCmdlet_$_", "PSCommand_$_" }
    $tags = @($gallery.Tags) + 'PSModule' + 'PSEdition_Core' + 'PSIncludes_Cmdlet' + $commands | Select-Object -Unique
    $values = [ordered] @{
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
