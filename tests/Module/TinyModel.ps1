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

# A model that gives rows of probabilities x [N, classes] names: a map for each row, as scikit-learn's converter writes.
function Write-ZipMapModel([string] $Path, [object[]] $Class) {
    $hasTexts = $Class[0] -is [string]
    $values = $Class | ForEach-Object {
        if ($hasTexts) { Get-TextField 9 $_ }
        else {
            # A repeated varint, with 10 bytes if it is negative.
            0x40
            $rest = [bigint] $_ + ($_ -lt 0 ? [bigint]::Pow(2, 64) : 0)
            do {
                [byte] $low = $rest % 128
                $rest = [bigint]::Divide($rest, 128)
                $rest -gt 0 ? ($low -bor 128) : $low
            } while ($rest -gt 0)
        }
    }
    $name, $type, $key = $hasTexts ? ('classlabels_strings', 8, 8) : ('classlabels_int64s', 7, 7)
    $attribute = (Get-TextField 1 $name) + $values + (0xA0, 0x01, $type)
    $node = (Get-TextField 1 'x') + (Get-TextField 2 'p') + (Get-TextField 4 'ZipMap') +
        (Get-Field 5 $attribute) + (Get-TextField 7 'ai.onnx.ml')
    $number = Get-Field 1 (0x08, 0x01)
    $map = Get-Field 5 ((0x08, $key) + (Get-Field 2 $number))
    $output = (Get-TextField 1 'p') + (Get-Field 2 (Get-Field 4 (Get-Field 1 $map)))
    $graph = (Get-Field 1 $node) + (Get-TextField 2 'tiny') +
        (Get-ValueField 11 'x' 'N', $Class.Count) + (Get-Field 12 $output)
    $bytes = (0x08, 0x08) + (Get-Field 7 $graph) + (Get-Field 8 (0x10, 0x11)) +
        (Get-Field 8 ((Get-TextField 1 'ai.onnx.ml') + (0x10, 0x03)))
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

# A model that adds a number to each number of its input. The number is in the file of this name.
function Write-ExternalModel([string] $Path, [string] $Location) {
    $node = (Get-TextField 1 'x') + (Get-TextField 1 'w') + (Get-TextField 2 'y') + (Get-TextField 4 'Add')
    $place = Get-Field 13 ((Get-TextField 1 'location') + (Get-TextField 2 $Location))
    $weight = (0x08, 0x01, 0x10, 0x01) + (Get-TextField 8 'w') + $place + (0x70, 0x01)
    $values = (Get-ValueField 11 'x' @(1)) + (Get-ValueField 12 'y' @(1))
    Write-Graph $Path ((Get-Field 1 $node) + (Get-Field 5 $weight) + $values)
}
