# The values of the walk by name. Each is made anew, because a call may change it.
$nastyValues = [ordered]@{
    'null'                 = { $null }
    'empty text'           = { '' }
    'empty array'          = { , @() }
    'NUL'                  = { "a`0b" }
    'one megabyte'         = { 'x' * 1MB }
    'NaN'                  = { [double]::NaN }
    'infinity'             = { [double]::PositiveInfinity }
    'greatest double'      = { [double]::MaxValue }
    'least double'         = { [double]::MinValue }
    'smallest double'      = { [double]::Epsilon }
    '1e300'                = { 1e300 }
    'greatest int'         = { [int]::MaxValue }
    'least int'            = { [int]::MinValue }
    'greatest long'        = { [long]::MaxValue }
    'least long'           = { [long]::MinValue }
    'greatest ulong'       = { [ulong]::MaxValue }
    'greatest decimal'     = { [decimal]::MaxValue }
    '-1'                   = { -1 }
    '0'                    = { 0 }
    'array in itself'      = { $a = [object[]]::new(1); $a[0] = $a; , $a }
    'array in itself twice' = { $a = [object[]]::new(2); $a[0] = $a; $a[1] = $a; , $a }
    'list in itself'       = { $a = [Collections.Generic.List[object]]::new(); $a.Add(1); $a.Add($a); , $a }
    'deep array'           = { $a = 1; foreach ($i in 1..5000) { $a = , $a }; , $a }
    'array with null'      = { , @('salad', $null, 'tea') }
    'array of null'        = { , @($null) }
    'number with null'     = { , @(1, $null) }
    'hashtable in itself'  = { $h = @{ a = 1 }; $h.self = $h; $h }
    'hashtable with two keys of one text' = { $h = @{}; $h[1] = 2; $h['1'] = 3; $h }
    'generic dictionary'   = { $d = [Collections.Generic.Dictionary[string, object]]::new(); $d['x'] = $null; , $d }
    'object in itself'     = { $o = [pscustomobject]@{ Word = 1 }; $o.Word = $o; $o }
    'objects in themselves' = {
        $o = [pscustomobject]@{ Counts = 1; History = 1; Confusion = 1; Word = 1; Label = 1; Epochs = 1 }
        foreach ($name in 'Counts', 'History', 'Confusion', 'Word', 'Label', 'Epochs') { $o.$name = $o }
        $o
    }
    'empty object'         = { [pscustomobject]@{} }
    'property that fails'  = {
        $o = [pscustomobject]@{ a = 1 }
        foreach ($name in 'Word', 'Label', 'History', 'Confusion', 'Truth', 'Loss', 'b') {
            $o | Add-Member ScriptProperty $name { throw 'The property fails.' }
        }
        $o
    }
    'folder'               = { "$here/folder" }
    'pipe'                 = { "$here/pipe" }
    'endless device'       = { "$here/zero" }
    'dangling link'        = { "$here/dangling.onnx" }
    'link to itself'       = { "$here/loop.onnx" }
    'empty file'           = { "$here/empty.onnx" }
    'text file'            = { "$here/words.txt" }
    'file in a file'       = { "$here/words.txt/inner" }
    'missing folder'       = { "$here/missing/file.png" }
    'missing path'         = { "$here/missing.onnx" }
    'unfinished pattern'   = { '[' }
    'pattern'              = { 'wor[k]*' }
    'asterisk'             = { '*.onnx' }
    'newline'              = { "a`nb" }
    'ESC'                  = { "a$([char]27)[2Jb" }
    'half a surrogate pair' = { "a$([char]0xD800)b" }
    'script'               = { , { throw 'The script fails.' } }
    'long number'          = { '9' * 400 }
    'number with a comma'  = { '1,5' }
    'long name'            = { 'n' * 300 + '.png' }
    'missing drive'        = { 'NoDrive:\a.png' }
    'variable'             = { 'Variable:PID' }
    'environment'          = { 'Env:PATH' }
    'DBNull'               = { [DBNull]::Value }
    'true'                 = { $true }
    'date'                 = { [datetime]::MinValue }
    'type'                 = { [int] }
    'bytes'                = { , [byte[]](0, 255) }
    'matrix'               = { , [int[, ]]::new(2, 2) }
    'empty matrix'         = { , [double[, ]]::new(0, 3) }
    'JSON with half a surrogate pair' = { '{"a":"\ud800"}' }
    'JSON with a deep array' = { '{"a":' + '[' * 1000 + ']' * 1000 + '}' }
    'blank'                = { ' ' }
    'dash'                 = { '-' }
    'colon'                = { ':' }
    'tilde'                = { '~nobody/a.png' }
}

function Get-NastyValueName {
    $special = 'pipe', 'endless device', 'dangling link', 'link to itself'
    $nastyValues.Keys | Where-Object { $isUnix -or $_ -notin $special }
}

function Get-NastyValue([string] $Name) {
    @{ Value = & $nastyValues[$Name] }
}

# The files that the values name.
$isUnix = -not $IsWindows
$null = New-Item -ItemType Directory "$here/folder" -Force
if ($isUnix) {
    & mkfifo "$here/pipe"
    $null = New-Item -ItemType SymbolicLink "$here/dangling.onnx" -Target "$here/nothing.onnx"
    $null = New-Item -ItemType SymbolicLink "$here/loop.onnx" -Target "$here/loop.onnx"
    # A device of its own: a fault may replace it.
    & mknod "$here/zero" c 1 5 2> $null
    if (-not (Test-Path "$here/zero")) {
        $null = New-Item -ItemType SymbolicLink "$here/zero" -Target /dev/zero
    }
}
