# Dot-source this file in BeforeAll: writes tiny ONNX models, byte by byte.

# A protobuf field that contains less than 16 kB of bytes.
function Get-Field([int] $Number, [byte[]] $Bytes) {
    $length = $Bytes.Length
    @(($Number -shl 3) -bor 2) + ($length -lt 128 ? $length : (($length -band 127 -bor 128), ($length -shr 7))) + $Bytes
}

function Get-TextField([int] $Number, [string] $Text) {
    Get-Field $Number ([Text.Encoding]::UTF8.GetBytes($Text))
}

# A ValueInfoProto of floats: 0x08 0x01 is elem_type FLOAT. In the shape, text is a name and a number is a size.
function Get-ValueField([int] $Number, [string] $Name, [object[]] $Shape) {
    $dimensions = $Shape | ForEach-Object {
        $dimension = $_ -is [string] ? (Get-TextField 2 $_) : (0x08, ($_ -band 127 -bor 128), ($_ -shr 7))
        Get-Field 1 $dimension
    }
    $tensor = (0x08, 0x01) + (Get-Field 2 $dimensions)
    Get-Field $Number ((Get-TextField 1 $Name) + (Get-Field 2 (Get-Field 1 $tensor)))
}

# A ModelProto: ir_version 8, graph, opset 17.
function Write-Graph([string] $Path, [byte[]] $Graph) {
    $bytes = (0x08, 0x08) + (Get-Field 7 ($Graph + (Get-TextField 2 'tiny'))) + (Get-Field 8 (0x10, 0x11))
    [IO.File]::WriteAllBytes($Path, $bytes)
}

# A model with one operator for each output.
function Write-TinyModel {
    param([string] $Path, [string] $Operator, [object[]] $Shape = @('N', 300), [string[]] $Output = 'y')

    $nodes = $Output | ForEach-Object {
        Get-Field 1 ((Get-TextField 1 'x') + (Get-TextField 2 $_) + (Get-TextField 4 $Operator))
    }
    $values = $Output | ForEach-Object { Get-ValueField 12 $_ $Shape }
    Write-Graph $Path ($nodes + (Get-ValueField 11 'x' $Shape) + $values)
}
