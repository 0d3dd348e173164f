# Makes every writer of the module write its two versions, and then, if asked to, write them in turn at the same time as
# the others until this process is killed. The first run keeps copies of both versions.
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Folder,
    [string] $Server,
    [string] $Plugin,
    [switch] $Loop
)

$ErrorActionPreference = 'Stop'
Import-Module $Module
$bin = Join-Path (Split-Path $Module) bin
foreach ($version in 0, 1) {
    $table = ('left', 'right')[$version]
    if ($table -notin (Get-WordVectorTable).Name) {
        $null = Import-WordVector "$Folder/sources/$version.txt" -Name $table
    }
}
$arguments = @{ Sources = "$Folder/sources"; Server = $Server; Plugin = $Plugin }
. "$PSScriptRoot/Writers.ps1" @arguments
$names = @($writers.Keys) + @($replacing.Keys)
$waiting = [Threading.CountdownEvent]::new($names.Count)

$names | ForEach-Object -ThrottleLimit $names.Count -Parallel {
    $ErrorActionPreference = 'Stop'
    $waiting = $using:waiting
    try {
        # Without views, which takes a tenth of the time.
        Import-Module -Assembly ([OnnxDeep.Loader.ModuleLoadContext]::LoadCmdlets($using:bin))
        $arguments = $using:arguments
        . "$using:PSScriptRoot/Writers.ps1" @arguments
        $writer = $writers.Contains($_) ? $writers[$_] : $replacing[$_]
        $own = "$using:Folder/targets/$_"
        $target = [IO.Path]::Combine($own, $writer.File)
        $null = New-Item $own -ItemType Directory -Force
        foreach ($version in 0, 1) {
            $null = & $writer.Write $target $version @{}
            $copy = "$using:Folder/versions/$_/$version"
            if (-not (Test-Path $copy)) {
                $null = New-Item $copy -ItemType Directory
                Copy-Item -LiteralPath $target $copy
                if ($writer.Also) {
                    Copy-Item -LiteralPath "$own/$($writer.Also)" $copy
                }
                Set-Content "$using:Folder/versions/$_/path" $target
            }
        }
        if ($waiting.Signal()) {
            [Console]::WriteLine('ready')
        }
        $waiting.Wait()
        for ($i = 0; $using:Loop; $i++) {
            $null = & $writer.Write $target ($i % 2) @{}
        }
    }
    catch {
        [Console]::WriteLine("failed: $_ $($_.ScriptStackTrace)")
        if (-not $waiting.IsSet -and $waiting.Signal()) {
            [Console]::WriteLine('ready')
        }
    }
}
