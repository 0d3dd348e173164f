@{
    RootModule           = 'OnnxDeep.psm1'
    ModuleVersion        = '0.8.0'
    GUID                 = '6f0f1f0e-5b1d-4c39-9a57-2d3c8f3b7a41'
    Author               = 'The OnnxDeep authors'
    CompanyName          = 'The OnnxDeep authors'
    Copyright            = '(c) 2026 The OnnxDeep authors. MIT License.'
    Description          = 'Deep learning made small, visible and practical: train, test and look into small networks, classify words, and use word vectors of any origin, with ONNX models from PowerShell.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    TypesToProcess       = @('OnnxDeep.Types.ps1xml')
    FormatsToProcess     = @('OnnxDeep.Format.ps1xml')
    FunctionsToExport    = @()
    CmdletsToExport      = @(
        'Clear-OnnxSession'
        'Compare-OnnxModel'
        'Convert-OnnxModel'
        'Export-ConfusionPlot'
        'Export-FeaturePlot'
        'Export-LossCurvePlot'
        'Export-LossPlot'
        'Export-NetworkPlot'
        'Export-ReliabilityPlot'
        'Export-ResidualPlot'
        'Export-TrainingReport'
        'Export-WeightPlot'
        'Export-WordModel'
        'Export-WordPlot'
        'Export-WordVector'
        'Find-SimilarWord'
        'Get-FeatureImportance'
        'Get-LayerWeights'
        'Get-LossCurve'
        'Get-ModelSummary'
        'Get-NetworkGradient'
        'Get-OnnxExecutionProvider'
        'Get-OnnxModel'
        'Get-PredictionContribution'
        'Get-WordVector'
        'Get-WordVectorTable'
        'Import-OnnxTensor'
        'Import-WordVector'
        'Invoke-Classifier'
        'Invoke-Neuron'
        'Invoke-OnnxModel'
        'Measure-Classification'
        'Measure-Loss'
        'Measure-OnnxModel'
        'Measure-Regression'
        'Measure-WordSimilarity'
        'New-Classifier'
        'New-Regressor'
        'New-WordClassifier'
        'Register-OnnxExecutionProvider'
        'Remove-WordVectorTable'
        'Save-WordVector'
        'Set-OnnxModelMetadata'
        'Test-FoodWord'
        'Test-OnnxModel'
        'Test-Word'
        'Trace-Network'
        'Unregister-OnnxExecutionProvider'
    )
    VariablesToExport    = @()
    AliasesToExport      = @('Get-LayerWeight')
    PrivateData          = @{
        PSData = @{
            Tags         = @('ONNX', 'DeepLearning', 'NeuralNetwork', 'WordVectors', 'MachineLearning', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'See CHANGELOG.md in the module folder.'
        }
    }
}
