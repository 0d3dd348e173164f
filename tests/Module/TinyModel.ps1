# Dot-source this in BeforeAll: writes ONNX models of one operator, byte by byte, to be refused in tests.

# A protobuf field that holds bytes; short ones only.
function Get-Field([int] $Number, [byte[]] $Bytes) {
    @(($Number -shl 3) -bor 2) + $Bytes.Length + $Bytes
}

function Get-TextField([int] $Number, [string] $Text) {
    Get-Field $Number ([Text.Encoding]::UTF8.GetBytes($Text))
}

# ValueInfoProto of float [N, 300]: 0x08 0x01 is elem_type FLOAT, 0x08 0xAC 0x02 is dim_value 300.
function Get-ValueField([int] $Number, [string] $Name) {
    $shape = (Get-Field 1 (Get-TextField 2 'N')) + (Get-Field 1 (0x08, 0xAC, 0x02))
    $tensor = (0x08, 0x01) + (Get-Field 2 $shape)
    Get-Field $Number ((Get-TextField 1 $Name) + (Get-Field 2 (Get-Field 1 $tensor)))
}

# ModelProto: ir_version 8, graph, opset 17.
function Write-TinyModel([string] $Path, [string] $Operator) {
    $node = (Get-TextField 1 'x') + (Get-TextField 2 'y') + (Get-TextField 4 $Operator)
    $graph = (Get-Field 1 $node) + (Get-TextField 2 'tiny') + (Get-ValueField 11 'x') + (Get-ValueField 12 'y')
    [IO.File]::WriteAllBytes($Path, (0x08, 0x08) + (Get-Field 7 $graph) + (Get-Field 8 (0x10, 0x11)))
}
