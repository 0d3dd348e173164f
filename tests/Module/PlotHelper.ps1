# Dot-source this in BeforeAll: reads what the Export-…Plot cmdlets write.

# Width and height of a PNG, from its header.
function Get-PngSize([string] $Path) {
    $bytes = [IO.File]::ReadAllBytes($Path)
    [BitConverter]::ToString($bytes[1..3]) | Should -Be '50-4E-47'
    foreach ($at in 16, 20) {
        [BitConverter]::ToInt32([byte[]] ($bytes[($at + 3)..$at]), 0)
    }
}

# The text of an SVG, run together.
function Get-SvgText([string] $Path) {
    ([xml] (Get-Content $Path -Raw)).svg.InnerText -replace '\s+', ' '
}

# What every picture has in common, drawn by a script that takes a hashtable of parameters to splat.
function Test-Picture([scriptblock] $Draw) {
    $file = & $Draw @{ Path = "$TestDrive/picture.png" }
    $file | Should -BeOfType ([IO.FileInfo])
    $file.Name | Should -Be 'picture.png'
    Get-PngSize $file | Should -Be 960, 640

    $file = & $Draw @{ Path = "$TestDrive/small.PNG"; Width = 300; Height = 240; Theme = 'Dark' }
    Get-PngSize $file | Should -Be 300, 240

    $file = & $Draw @{ Path = "$TestDrive/picture.svg"; Title = 'Mine & yours' }
    ([xml] (Get-Content $file -Raw)).svg.title | Should -Be 'Mine & yours'

    { & $Draw @{ Path = "$TestDrive/picture.svg"; NoClobber = $true } } | Should -Throw -ErrorId 'FileExists*'
    { & $Draw @{ Path = "$TestDrive/picture.jpg" } } | Should -Throw -ErrorId 'PlotFormatUnknown*'
    { & $Draw @{ Path = "$TestDrive/picture.png"; Width = 100 } } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    & $Draw @{ Path = "$TestDrive/none.png"; WhatIf = $true } | Should -BeNullOrEmpty
    "$TestDrive/none.png" | Should -Not -Exist
}
