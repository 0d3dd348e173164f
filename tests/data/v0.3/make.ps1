# Wrote the files here once with v0.3. They are never written anew: that later versions open them is what they are for.
# ONNXDEEP_HOME was this folder, and /opt/onnx/libexample.so was tests/data/plugin/plugin.c compiled with -DUSABLE.
$ErrorActionPreference = 'Stop'
Import-Module OnnxDeep
$vectors = "$PSScriptRoot/../vectors"
$food = 'soup', 'bread', 'cheese', 'apple', 'pear', 'cake', 'rice', 'salad', 'honey', 'lemon', 'salt', 'milk'
$other = 'road', 'car', 'train', 'hammer', 'nail', 'clock', 'wall', 'bridge', 'violin', 'roof', 'war', 'letter'
$animals = 'dog', 'cat', 'horse', 'cow', 'sheep', 'goat', 'pig', 'mouse', 'lion', 'tiger', 'wolf', 'fox'
$kinds = foreach ($class in @($food, 'food'), @($other, 'thing'), @($animals, 'animal')) {
    foreach ($word in $class[0]) {
        [pscustomobject]@{ Word = $word; Kind = $class[1] }
    }
}
$numbers = foreach ($i in 0..59) {
    $isLarge = ($i % 10) + ($i % 8) -gt 8
    [pscustomobject]@{ Length = $i % 10; Weight = 100 + 7 * ($i % 8); Large = $isLarge ? 'yes' : 'no' }
}

# User tables: text as it is, in Int8, and fastText with n-grams.
Import-WordVector "$vectors/skipgram.vec" -Name small
Import-WordVector "$vectors/skipgram.vec" -Name small-int8 -Quantize Int8
Import-WordVector "$vectors/supervised.bin" -Name ngrams
Import-WordVector "$vectors/supervised.bin" -Name ngrams-int8 -Quantize Int8

# What the shipped table says of a few words, since a later version may ship another one.
$lines = Get-WordVector ($food + $other + $animals) | ForEach-Object { "$($_.Word) $($_.Vector -join ' ')" }
Set-Content "$PSScriptRoot/excerpt.txt" $lines
Import-WordVector "$PSScriptRoot/excerpt.txt" -Quantize Int8
Remove-Item "$PSScriptRoot/excerpt.txt"

# Models trained on the shipped table, on a table of the user's own, and on numbers.
Copy-Item "$PSScriptRoot/../../../models/food.onnx" "$PSScriptRoot/food.onnx"
New-WordClassifier -Positive $food -Negative $other -PositiveLabel food -NegativeLabel thing -Seed 3 `
    -Path "$PSScriptRoot/two-classes.onnx"
$kinds | New-WordClassifier -LabelProperty Kind -Seed 3 -Hidden 6, 4 -Activation Tanh `
    -Path "$PSScriptRoot/three-classes.onnx"
New-WordClassifier -Positive $food -Negative $other -PositiveLabel food -NegativeLabel thing -Seed 3 -Vectors ngrams `
    -Epochs 500 -LearningRate 0.1 -Activation Tanh -Path "$PSScriptRoot/own.onnx"
$numbers | New-Classifier -LabelProperty Large -Seed 3 -Path "$PSScriptRoot/numbers.onnx"

# Models that take words, small ones.
Export-WordModel "$PSScriptRoot/two-classes-words.onnx" -Model "$PSScriptRoot/two-classes.onnx" -Keys 2000
Export-WordModel "$PSScriptRoot/own-words.onnx" -Model "$PSScriptRoot/own.onnx" -Vectors ngrams

Register-OnnxExecutionProvider -Name example -Path /opt/onnx/libexample.so -Persist

# What v0.3 says of all this.
function Get-Digest($bytes) { [Convert]::ToHexStringLower([Security.Cryptography.SHA256]::HashData([byte[]]$bytes)) }
function Get-FloatDigest($numbers) {
    Get-Digest ($numbers | ForEach-Object { [BitConverter]::GetBytes([float]$_) })
}
function Get-WeightDigest($path) {
    Get-LayerWeights $path | ForEach-Object { Get-FloatDigest (@($_.Weights.GetEnumerator()) + $_.Biases) }
}
function Get-Properties($path) {
    $properties = [ordered]@{}
    (Get-OnnxModel $path).Metadata.GetEnumerator() | ForEach-Object { $properties[$_.Key] = $_.Value }
    $properties
}
$asked = @('soup', 'Bread', 'road', 'violin', 'dog', 'teapots', 'qwxzv')
$models = [ordered]@{}
foreach ($name in 'food', 'two-classes', 'three-classes', 'own', 'two-classes-words', 'own-words') {
    $path = "$PSScriptRoot/$name.onnx"
    $table = $name -eq 'own' ? 'ngrams' : 'excerpt'
    $model = [ordered]@{ properties = Get-Properties $path }
    if ($name -like '*-words') {
        $answers = $asked | Test-Word -Model $path -WarningAction Ignore
    } else {
        $model.vectors = $table
        $model.weights = @(Get-WeightDigest $path)
        $answers = $asked | Test-Word -Model $path -Vectors $table -Force -WarningAction Ignore
    }
    $model.answers = @($answers | ForEach-Object {
        [ordered]@{
            word = $_.Word
            label = $_.Label
            known = $_.IsKnown
            subword = $_.IsSubword
            scores = @(if ($_.Scores) { $_.Scores.Values | ForEach-Object { [double]$_ } })
        }
    })
    $models[$name] = $model
}
$rows = (0, 100), (9, 100), (0, 149), (9, 149), (5, 121), (4, 128)
$model = [ordered]@{
    properties = Get-Properties "$PSScriptRoot/numbers.onnx"
    weights = @(Get-WeightDigest "$PSScriptRoot/numbers.onnx")
    rows = @(foreach ($row in $rows) {
        $output = Invoke-OnnxModel "$PSScriptRoot/numbers.onnx" (, [float[]]$row)
        , @($row + [double]$output.probability[0, 0])
    })
}
$models.numbers = $model
$tables = [ordered]@{}
foreach ($info in Get-WordVectorTable small, small-int8, ngrams, ngrams-int8, excerpt) {
    $exported = Join-Path ([IO.Path]::GetTempPath()) 'v0.3.txt'
    Export-WordVector $exported -Vectors $info.Name -Format GloVe > $null
    $keys = Get-Content $exported | ForEach-Object { ($_ -split ' ')[0] }
    Remove-Item $exported
    $known = Get-WordVector $keys -Vectors $info.Name -ErrorAction Stop
    $words = [ordered]@{}
    foreach ($word in 'soup', 'борщ', 'soups', 'größe') {
        $vector = Get-WordVector $word -Vectors $info.Name -WarningAction Ignore -ErrorAction Ignore
        if ($vector.IsKnown -or $vector.IsSubword) {
            $words[$word] = [ordered]@{
                known = $vector.IsKnown
                vector = @($vector.Vector | ForEach-Object { [double]$_ })
            }
        }
    }
    $tables[$info.Name] = [ordered]@{
        keys = $info.Keys
        rows = $info.Rows
        dimensions = $info.Dimensions
        type = "$($info.Type)"
        ngrams = $info.Ngrams
        source = $info.Source
        content = $info.Sha256
        words = $words
        keyDigest = Get-Digest ([Text.Encoding]::UTF8.GetBytes($keys -join "`n"))
        vectorDigest = Get-FloatDigest ($known | ForEach-Object Vector)
    }
}
$answers = [ordered]@{ models = $models; tables = $tables }
Set-Content "$PSScriptRoot/answers.json" ($answers | ConvertTo-Json -Depth 9)
