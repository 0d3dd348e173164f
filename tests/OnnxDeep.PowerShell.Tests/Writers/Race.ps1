# One of several processes that write at the same time. Writes a line for each write: the writer, the number of the
# round, and 'won' or the id of the error.
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Folder,
    [Parameter(Mandatory)] [int] $Process,
    [Parameter(Mandatory)] [int] $Processes,
    [Parameter(Mandatory)] [int] $Imports,
    [Parameter(Mandatory)] [int] $Rounds
)

$ErrorActionPreference = 'Stop'
Import-Module $Module
$tiny = "$Folder/tiny.txt"

# All processes go on when the last of them has come here.
function Wait-Other([string] $Point) {
    $null = New-Item "$Folder/meetings/$Point-$Process" -Force
    while ((1..$Processes | Where-Object { -not [IO.File]::Exists("$Folder/meetings/$Point-$_") })) {
        [Threading.Thread]::Sleep(1)
    }
}

function Test-Write([string] $Title, [int] $Round, [scriptblock] $Write) {
    try {
        $null = & $Write
        "$Title|$Round|won"
    }
    catch {
        "$Title|$Round|$($_.FullyQualifiedErrorId.Split(',')[0])"
    }
}

foreach ($version in 0, 1) {
    if ($Process -eq 1) {
        $null = Import-WordVector "$Folder/sources/$version.txt" -Name (('left', 'right')[$version])
    }
}
Wait-Other imports
for ($i = 1; $i -le $Imports; $i++) {
    Test-Write own $i { Import-WordVector $tiny -Name "own-$Process-$i" }
}

. "$PSScriptRoot/Writers.ps1" -Sources "$Folder/sources"
for ($i = 1; $i -le $Rounds; $i++) {
    foreach ($name in $writers.Keys) {
        $writer = $writers[$name]
        $own = "$Folder/targets/$name"
        $null = New-Item $own -ItemType Directory -Force
        Wait-Other "$name-$i"
        Test-Write $name $i { & $writer.Write "$own/$i-$($writer.File)" ($Process % 2) @{ NoClobber = $true } }
        Test-Write "$name, replaced" $i { & $writer.Write "$own/$($writer.File)" ($Process % 2) @{} }
    }
    Wait-Other "import-$i"
    Test-Write Import-WordVector $i { Import-WordVector $tiny -Name "same-$i" }
    Test-Write 'Import-WordVector, replaced' $i { Import-WordVector $tiny -Name same -Force }
}
