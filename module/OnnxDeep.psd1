@{
    RootModule           = 'OnnxDeep.psm1'
    ModuleVersion        = '0.2.0'
    GUID                 = '6f0f1f0e-5b1d-4c39-9a57-2d3c8f3b7a41'
    Author               = 'The OnnxDeep authors'
    CompanyName          = 'The OnnxDeep authors'
    Copyright            = '(c) 2026 The OnnxDeep authors. MIT License.'
    Description          = 'Deep learning made small, visible and practical: classify words, read layer weights and explore word vectors with ONNX models from PowerShell.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('OnnxDeep.Format.ps1xml')
    FunctionsToExport    = @()
    CmdletsToExport      = @(
        'Export-WordVector'
        'Find-SimilarWord'
        'Get-LayerWeights'
        'Get-WordVector'
        'Get-WordVectorTable'
        'Import-WordVector'
        'Measure-WordSimilarity'
        'Remove-WordVectorTable'
        'Save-WordVector'
        'Test-FoodWord'
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
