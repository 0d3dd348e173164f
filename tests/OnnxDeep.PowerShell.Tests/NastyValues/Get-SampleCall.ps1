# Calls of each cmdlet that work, one for each parameter set.
[IO.File]::WriteAllText("$here/vectors.txt", "salad 1 2`nlaptop 3 4`nriver 5 6`n")
[IO.File]::WriteAllText("$here/numbers.csv", "1,2`n3,4`n")
$null = New-Item -ItemType Directory "$here/test/test_data_set_0" -Force
$foods = 'salad', 'lemon', 'bread', 'soup', 'rice', 'cheese'
$others = 'laptop', 'river', 'violin', 'stone', 'engine', 'chair'
$rows = 1..24 | ForEach-Object { [pscustomobject]@{ a = $_ % 7; b = $_ % 5; y = $_ % 2 } }
$labelled = foreach ($i in 0..5) {
    [pscustomobject]@{ Word = $foods[$i]; Kind = 'food' }
    [pscustomobject]@{ Word = $others[$i]; Kind = 'other' }
}
$answers = foreach ($i in 0..5) {
    [pscustomobject]@{ Word = "w$i"; Label = $i % 2 ? 'a' : 'b'; Truth = $i % 3 ? 'a' : 'b'; Probability = 0.7 }
}
$epochs = foreach ($i in 1..3) {
    [pscustomobject]@{ Epoch = $i; Loss = 1 / $i; Accuracy = 0.5; ValidationLoss = 1 / $i; ValidationAccuracy = 0.5 }
}
$training = @{ Epochs = 2; Path = 'out.onnx' }
$result = [pscustomobject]@{
    History = $epochs; Confusion = (14, 2), (1, 13); Labels = 'no', 'yes'; Accuracy = 0.9
}

function New-Sample([string] $Set, [hashtable] $Arguments, $Piped, [string] $Expected) {
    [pscustomobject]@{
        Set = $Set; Arguments = $Arguments; Mode = $null -eq $Piped ? 'none' : 'each'; Piped = $Piped
        Expected = $Expected
    }
}

$all = '__AllParameterSets'
$sampleCalls = @{
    'Clear-OnnxSession'     = { New-Sample $all @{} }
    'Compare-OnnxModel'     = { New-Sample $all @{ Reference = 'noise'; Difference = 'noise'; Count = 1 } }
    'Convert-OnnxModel'     = { New-Sample $all @{ Path = 'noise'; OutputPath = 'out.onnx'; Optimize = $true } }
    'Export-ConfusionPlot'  = {
        New-Sample InputObject @{ Path = 'out.svg' } $answers
        New-Sample Matrix @{ Path = 'out.svg'; Matrix = (14, 2), (1, 13); Label = 'no', 'yes' }
    }
    'Export-LossCurvePlot'  = { New-Sample $all @{ Path = 'out.svg'; X = 1, 2, 3; Y = 2, 3, 5 } }
    'Export-LossPlot'       = { New-Sample $all @{ Path = 'out.svg' } $epochs }
    'Export-NetworkPlot'    = { New-Sample $all @{ Path = 'out.svg'; Model = 'noise' } }
    'Export-FeaturePlot'    = {
        New-Sample $all @{ Path = 'out.svg' } ([pscustomobject]@{ Feature = 'a'; Importance = 0.5 })
    }
    'Get-FeatureImportance' = {
        $null = $rows | New-Classifier -LabelProperty y -Epochs 2 -Path "$here/table.onnx" -WarningAction Ignore
        New-Sample $all @{ Model = "$here/table.onnx"; Repeats = 2 } $rows
    }
    'Get-PredictionContribution' = { New-Sample $all @{ Model = 'food'; InputObject = 'salad' } }
    'Export-ReliabilityPlot' = { New-Sample $all @{ Path = 'out.svg' } $answers }
    'Export-ResidualPlot'   = { New-Sample $all @{ Path = 'out.svg' } ([pscustomobject]@{ Predicted = 1; Actual = 2 }) }
    'Export-TrainingReport' = { New-Sample $all @{ Path = 'out.html'; InputObject = $result } }
    'Export-WeightPlot'     = { New-Sample $all @{ Path = 'out.svg'; Model = 'noise'; Layer = '0' } }
    'Export-WordModel'      = { New-Sample $all @{ Path = 'out.onnx'; Model = 'food'; Keys = 5 } }
    'Export-WordPlot'       = {
        New-Sample Word @{ Path = 'out.svg'; Label = 'food' } $foods
        New-Sample List @{ Path = 'out.svg'; Positive = $foods; Negative = $others }
    }
    'Export-WordVector'     = { New-Sample $all @{ Path = 'out.txt'; Limit = 5 } }
    'Find-SimilarWord'      = {
        New-Sample Word @{ Word = 'pizza'; Top = 3 }
        New-Sample Analogy @{ Positive = 'king', 'woman'; Negative = 'man'; Top = 3 }
    }
    'Get-LayerWeights'      = { New-Sample $all @{ Model = 'noise' } }
    'Get-LossCurve'         = {
        New-Sample Point @{ Count = 5 }
        New-Sample Tangent @{ TangentAt = 1, 2 }
        New-Sample Minimum @{ Minimum = $true }
    }
    'Get-ModelSummary'      = { New-Sample $all @{ Model = 'noise' } }
    'Get-NetworkGradient'   = {
        New-Sample Seed @{ Seed = 1; Target = 1 }
        New-Sample Model @{ Model = 'noise'; Target = 1; InputObject = 1, 2, 3 }
        New-Sample Word @{ Model = 'food'; Word = 'salad'; Target = 1; Name = 'b*' }
        New-Sample Weight @{ Weight = (1, 2), (3, 4); Bias = (0, 0), (, 0); InputObject = 1; Target = 1 }
    }
    'Get-OnnxExecutionProvider' = { New-Sample $all @{} }
    'Get-OnnxModel'         = {
        New-Sample Path @{ Path = 'noise' }
        New-Sample LiteralPath @{ LiteralPath = 'work.onnx' }
    }
    'Get-WordVector'        = { New-Sample $all @{ Word = 'salad' } }
    'Get-WordVectorTable'   = { New-Sample $all @{} }
    'Import-OnnxTensor'     = { New-Sample $all @{ Path = 'numbers.csv' } }
    'Import-WordVector'     = {
        New-Sample Path @{ Path = 'vectors.txt'; Name = 'own'; Force = $true }
        New-Sample LiteralPath @{ LiteralPath = 'vectors.txt'; Name = 'own'; Force = $true }
    }
    'Invoke-Neuron'         = { New-Sample $all @{ InputSignal = 1, 2; Weight = 3, 4 } }
    'Invoke-Classifier'     = { New-Sample $all @{ Model = 'food'; InputObject = 'salad' } }
    'Invoke-OnnxModel'      = { New-Sample $all @{ Path = 'noise'; InputObject = 0.1, 0.2, 0.3 } }
    'Measure-Classification' = { New-Sample $all @{} $answers }
    'Measure-Loss'          = {
        New-Sample Row @{} ([pscustomobject]@{ Predicted = 1; Actual = 0.5 })
        New-Sample Array @{ Predicted = 1, 2; Actual = 1, 1 }
    }
    'Measure-OnnxModel'     = {
        New-Sample Path @{ Path = 'noise'; Duration = 0.01; WarmUp = 1 }
        New-Sample LiteralPath @{ LiteralPath = 'work.onnx'; Duration = 0.01; WarmUp = 1 }
    }
    'Measure-Regression'    = {
        New-Sample Row @{} ([pscustomobject]@{ Predicted = 1; Actual = 0.5 })
        New-Sample Array @{ Predicted = 1, 2; Actual = 1, 1 }
    }
    'Measure-WordSimilarity' = { New-Sample $all @{ ReferenceWord = 'tea'; Word = 'salad' } }
    'New-Classifier'        = { New-Sample $all (@{ LabelProperty = 'y' } + $training) $rows }
    'New-Regressor'         = { New-Sample $all (@{ TargetProperty = 'a' } + $training) $rows }
    'New-WordClassifier'    = {
        New-Sample Row (@{ LabelProperty = 'Kind' } + $training) $labelled
        New-Sample List (@{ Positive = $foods; Negative = $others } + $training)
    }
    'Register-OnnxExecutionProvider' = {
        New-Sample $all @{ Name = 'Beads'; Path = 'words.txt' } -Expected ProviderLibraryNotLoadable
    }
    'Remove-WordVectorTable' = { New-Sample $all @{ Name = 'nothing*' } }
    'Save-WordVector'       = {
        New-Sample Name @{ Name = 'glove.6B.50d'; WhatIf = $true }
        New-Sample Uri @{ Uri = $Uri; Name = 'own'; Force = $true }
    }
    'Set-OnnxModelMetadata' = {
        New-Sample Path @{ Path = 'work.onnx'; Metadata = @{ author = 'Ada' } }
        New-Sample LiteralPath @{ LiteralPath = 'work.onnx'; Metadata = @{ author = 'Ada' } }
    }
    'Test-FoodWord'         = {
        New-Sample Word @{ Word = 'salad' }
        New-Sample Path @{ Path = 'words.txt' }
        New-Sample LiteralPath @{ LiteralPath = 'words.txt' }
    }
    'Test-OnnxModel'        = { New-Sample $all @{ Path = 'test' } -Expected ModelTestsNotFound }
    'Test-Word'             = {
        New-Sample Word @{ Model = 'food'; Word = 'salad' }
        New-Sample Path @{ Model = 'food'; Path = 'words.txt' }
        New-Sample LiteralPath @{ Model = 'food'; LiteralPath = 'words.txt' }
    }
    'Trace-Network'         = {
        New-Sample Seed @{ Seed = 1 }
        New-Sample Model @{ Model = 'noise'; InputObject = 1, 2, 3 }
        New-Sample Word @{ Model = 'food'; Word = 'salad' }
        New-Sample Weight @{ Weight = (1, 2), (3, 4); Bias = (0, 0), (, 0); InputObject = 1 }
    }
    'Unregister-OnnxExecutionProvider' = { New-Sample $all @{ Name = 'Beads' } -Expected ProviderNotRegistered }
}

function Get-SampleCall([string] $Name) {
    & $sampleCalls[$Name]
}
