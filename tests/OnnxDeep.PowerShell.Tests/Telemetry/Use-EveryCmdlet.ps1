# Makes each cmdlet do its main work once and writes the names of those that did. The current folder takes the files.
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Data,
    [Parameter(Mandatory)] [string] $Plugin
)

$ErrorActionPreference = 'Stop'
Import-Module $Module

function Test-File([string] $Path) {
    (Test-Path $Path) -and (Get-Item $Path).Length -gt 0
}

$foods = 'salad', 'lemon', 'bread', 'soup', 'rice', 'cheese'
$others = 'laptop', 'river', 'violin', 'stone', 'engine', 'chair'
$rows = 1..24 | ForEach-Object { [pscustomobject]@{ a = $_ % 7; b = $_ % 5; y = $_ % 2 } }

# In this order, because some need the files or the table of those before.
$uses = [ordered]@{
    'Test-FoodWord'                    = { (Test-FoodWord salad).Label -eq 'food' }
    'Import-WordVector'                = { (Import-WordVector "$Data/vectors/glove.txt" -Name own).Keys -gt 0 }
    'Get-WordVectorTable'              = { 'own' -in (Get-WordVectorTable).Name }
    'Get-WordVector'                   = { (Get-WordVector the -Vectors own).IsKnown }
    'Export-WordVector'                = { $null = Export-WordVector ./own.txt -Vectors own; Test-File ./own.txt }
    'Remove-WordVectorTable'           = { Remove-WordVectorTable own; 'own' -notin (Get-WordVectorTable).Name }
    'Find-SimilarWord'                 = { @(Find-SimilarWord pizza -Top 3).Count -eq 3 }
    'Measure-WordSimilarity'           = { (Measure-WordSimilarity pizza pasta).Similarity -gt 0 }
    'Export-WordPlot'                  = { $null = Export-WordPlot ./words.png $foods; Test-File ./words.png }
    'New-WordClassifier'               = {
        $script:words = New-WordClassifier -Positive $foods -Negative $others -Epochs 20 -Path ./words.onnx
        Test-File ./words.onnx
    }
    'Test-Word'                        = { (Test-Word pizza -Model ./words.onnx).IsKnown }
    'Export-WordModel'                 = {
        $null = Export-WordModel ./text.onnx -Model ./words.onnx -Keys 500
        Test-File ./text.onnx
    }
    'New-Classifier'                   = {
        $null = $rows | New-Classifier -LabelProperty y -Epochs 20 -Path ./rows.onnx
        Test-File ./rows.onnx
    }
    'New-Regressor'                    = {
        $null = $rows | New-Regressor -TargetProperty a -Epochs 20 -Path ./number.onnx
        Test-File ./number.onnx
    }
    'Get-FeatureImportance'            = { @($rows | Get-FeatureImportance ./rows.onnx).Count -eq 2 }
    'Export-LossPlot'                  = { $null = $words | Export-LossPlot ./loss.png; Test-File ./loss.png }
    'Export-ConfusionPlot'             = {
        $null = Export-ConfusionPlot ./confusion.svg ((14, 2), (1, 13)) no, yes
        Test-File ./confusion.svg
    }
    'Get-PredictionContribution'       = { @(Get-PredictionContribution food 'green salad').Count -eq 1 }
    'Export-FeaturePlot'               = {
        $null = Get-PredictionContribution food 'green salad' | Export-FeaturePlot ./why.svg
        Test-File ./why.svg
    }
    'Export-ReliabilityPlot'           = {
        $null = @{ Truth = 1; Probability = 0.9 }, @{ Truth = 0; Probability = 0.4 } |
            Export-ReliabilityPlot ./reliability.svg
        Test-File ./reliability.svg
    }
    'Export-TrainingReport'            = {
        $null = $words | Export-TrainingReport ./report.html
        Test-File ./report.html
    }
    'Export-NetworkPlot'               = { $null = Export-NetworkPlot ./network.png noise; Test-File ./network.png }
    'Export-WeightPlot'                = { $null = Export-WeightPlot ./weights.png noise; Test-File ./weights.png }
    'Export-LossCurvePlot'             = { $null = Export-LossCurvePlot ./curve.png; Test-File ./curve.png }
    'Export-ResidualPlot'              = {
        $null = @{ Predicted = 1; Actual = 2 } | Export-ResidualPlot ./residuals.png
        Test-File ./residuals.png
    }
    'Get-LossCurve'                    = { @(Get-LossCurve).Count -gt 0 }
    'Get-LayerWeights'                 = { @(Get-LayerWeights noise).Count -gt 0 }
    'Get-ModelSummary'                 = { (Get-ModelSummary food).Parameters -gt 0 }
    'Get-OnnxModel'                    = { (Get-OnnxModel food).Inputs.Name -eq 'features' }
    'Set-OnnxModelMetadata'            = {
        Set-OnnxModelMetadata ./rows.onnx @{ author = 'Ada' }
        (Get-OnnxModel ./rows.onnx).Metadata.author -eq 'Ada'
    }
    'Convert-OnnxModel'                = {
        $null = Convert-OnnxModel food ./half.onnx -To Float16
        Test-File ./half.onnx
    }
    'Compare-OnnxModel'                = { (Compare-OnnxModel food ./half.onnx -AbsoluteTolerance 0.1).Passed }
    'Test-OnnxModel'                   = { (Test-OnnxModel "$Data/onnx/test_sign_model").Passed }
    'Import-OnnxTensor'                = {
        (Import-OnnxTensor "$Data/onnx/test_sign_model/test_data_set_0/input_0.pb").Count -gt 0
    }
    'Invoke-Classifier'                = { ('salad' | Invoke-Classifier food-words).Label -eq 'food' }
    'Invoke-OnnxModel'                 = { $null -ne (Invoke-OnnxModel noise (0.1, 0.2, 0.3)) }
    'Clear-OnnxSession'                = { [string](Clear-OnnxSession -Verbose 4>&1) -match '[1-9]' }
    'Measure-OnnxModel'                = { (Measure-OnnxModel noise -Duration 0.1 -WarmUp 1).Throughput -gt 0 }
    'Invoke-Neuron'                    = { (Invoke-Neuron -InputSignal 100 -Weight -1 -Bias 50).Output -eq 0 }
    'Trace-Network'                    = { (Trace-Network -Model food -Word lemon).Layers.Count -gt 0 }
    'Get-NetworkGradient'              = { @(Get-NetworkGradient -Model food -Word lemon -Target 1).Count -gt 0 }
    'Measure-Loss'                     = { $null -ne (Measure-Loss -Predicted 0.9, 0.2 -Actual 1, 0) }
    'Measure-Regression'               = { (Measure-Regression -Predicted 1, 2 -Actual 1, 3).MAE -eq 0.5 }
    'Measure-Classification'           = {
        $answers = $foods + $others | Test-FoodWord |
            Select-Object *, @{ n = 'Truth'; e = { $_.Word -in $foods ? 'food' : 'not food' } }
        ($answers | Measure-Classification).Accuracy -gt 0
    }
    'Register-OnnxExecutionProvider'   = { (Register-OnnxExecutionProvider Beads $Plugin -Persist).IsAvailable }
    'Get-OnnxExecutionProvider'        = { 'Beads' -in (Get-OnnxExecutionProvider).Name }
    'Unregister-OnnxExecutionProvider' = {
        Unregister-OnnxExecutionProvider Beads
        'Beads' -notin (Get-OnnxExecutionProvider).Name
    }
}

foreach ($name in $uses.Keys) {
    $calls = $uses[$name].Ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)
    if ($name -notin ($calls | ForEach-Object GetCommandName)) {
        throw "The use of $name does not call it."
    }
    if ((& $uses[$name]) -ne $true) {
        throw "$name did not do its work."
    }
    $name
}
