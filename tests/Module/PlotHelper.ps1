# Dot-source this file in BeforeAll, with Failure.ps1: reads the output of the Export-…Plot cmdlets.

# Gets the width and height of a PNG from its header.
function Get-PngSize([string] $Path) {
    $bytes = [IO.File]::ReadAllBytes($Path)
    [BitConverter]::ToString($bytes[1..3]) | Should -BeExactly '50-4E-47'
    foreach ($at in 16, 20) {
        [BitConverter]::ToInt32([byte[]] ($bytes[($at + 3)..$at]), 0)
    }
}

# Gets the concatenated text of an SVG.
function Get-SvgText([string] $Path) {
    ([xml] (Get-Content $Path -Raw)).svg.InnerText -replace '\s+', ' '
}

# Tests what all pictures have in common; the script draws one and takes a hashtable of parameters to splat.
function Test-Picture([scriptblock] $Draw) {
    $folder = (New-Item "$TestDrive/pictures" -ItemType Directory -Force).FullName
    Remove-Item "$folder/*"

    $file = & $Draw @{ Path = "$folder/picture.png" }
    $file | Should -BeOfType ([IO.FileInfo])
    $file.FullName | Should -BeExactly (Join-Path $folder picture.png)
    Get-PngSize $file | Should -Be 960, 640

    $file = & $Draw @{ Path = "$folder/small.PNG"; Width = 300; Height = 240; Theme = 'Dark' }
    Get-PngSize $file | Should -Be 300, 240

    $file = & $Draw @{ Path = "$folder/picture.svg"; Title = 'Mine <& yours>' }
    ([xml] (Get-Content $file -Raw)).svg.title | Should -BeExactly 'Mine <& yours>'

    $before = (Get-FileHash $file).Hash
    foreach ($case in @(
            @{ Id = 'FileExists'; Category = 'ResourceExists'
                More = @{ Path = "$folder/picture.svg"; NoClobber = $true } }
            @{ Id = 'PlotFormatUnknown'; Category = 'InvalidArgument'; More = @{ Path = "$folder/picture.jpg" } }
            @{ Id = 'PlotFormatUnknown'; Category = 'InvalidArgument'; More = @{ Path = "$folder/picture" } }
            @{ Id = 'OutputNotWritable'; Category = 'WriteError'; More = @{ Path = "$folder/picture.png/below.png" } }
            @{ Id = 'ParameterArgumentValidationError'; Category = 'InvalidData'
                More = @{ Path = "$folder/picture.png"; Width = 100 } }
        )) {
        $failure = Get-Failure { & $Draw $case.More }
        $failure.FullyQualifiedErrorId.Split(',')[0] | Should -BeExactly $case.Id
        $failure.CategoryInfo.Category | Should -Be $case.Category
    }

    Set-ItemProperty "$folder/picture.svg" IsReadOnly $true
    $failure = Get-Failure { & $Draw @{ Path = "$folder/picture.svg" } }
    $failure.FullyQualifiedErrorId.Split(',')[0] | Should -BeExactly OutputNotWritable
    $failure.Exception.Message | Should -BeLike '*read-only*'
    Set-ItemProperty "$folder/picture.svg" IsReadOnly $false

    & $Draw @{ Path = "$folder/none.png"; WhatIf = $true } | Should -BeNullOrEmpty
    & $Draw @{ Path = "$folder/picture.svg"; WhatIf = $true } | Should -BeNullOrEmpty
    (Get-FileHash $file).Hash | Should -Be $before
    (Get-ChildItem $folder | Sort-Object Name).Name | Should -BeExactly picture.png, picture.svg, small.PNG
}

# Tests that a script fails with one error and writes no output and no file.
function Test-Refusal([scriptblock] $Script, [string] $Id, [string] $Category) {
    $failure = Get-Failure $Script
    $failure.FullyQualifiedErrorId.Split(',')[0] | Should -BeExactly $Id
    $failure.CategoryInfo.Category | Should -Be $Category
    "$TestDrive/e.png", "$TestDrive/e.html" | Should -Not -Exist
}
