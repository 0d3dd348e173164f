# Everything in the module that writes a file. Each writer has the name of its file, and a script that writes it, with
# content that depends on a version, 0 or 1. The script takes the path, the version, and further parameters.
param(
    # A folder with the sources of two tables, 0.txt and 1.txt.
    [Parameter(Mandatory)] [string] $Sources,

    # The address of a server that has them; empty to leave out the download.
    [string] $Server,

    # A plug-in library; empty to leave out the settings.
    [string] $Plugin
)

$rows = 1..24 | ForEach-Object { [pscustomobject]@{ a = $_ % 7; b = $_ % 5; y = $_ % 2 } }
$foods = 'salad', 'lemon', 'bread', 'soup', 'rice', 'cheese'
$others = 'laptop', 'river', 'violin', 'stone', 'engine', 'chair'
$history = 1..5 | ForEach-Object {
    [pscustomobject]@{ Epoch = $_; Loss = 1 / $_; Accuracy = 0.5; ValidationLoss = 2 / $_; ValidationAccuracy = 0.5 }
}
$report = [pscustomobject]@{ History = $history }
$matrix = (14, 2), (1, 13)
$tables = 'left', 'right'

$writers = [ordered]@{
    'Export-ConfusionPlot'  = @{ File = 'a.png'; Write = {
            param($File, $Version, $More)
            Export-ConfusionPlot $File $matrix no, yes -Title "v$Version" @More
        } }
    'Export-FeaturePlot'     = @{ File = 'a.svg'; Write = {
            param($File, $Version, $More)
            [pscustomobject]@{ Feature = 'a'; Importance = 0.5 } | Export-FeaturePlot $File -Title "v$Version" @More
        } }
    'Export-ReliabilityPlot' = @{ File = 'a.svg'; Write = {
            param($File, $Version, $More)
            @{ Truth = 1; Probability = 0.9 }, @{ Truth = 0; Probability = 0.4 } |
                Export-ReliabilityPlot $File -Title "v$Version" @More
        } }
    'Export-ResidualPlot'   = @{ File = 'a.svg'; Write = {
            param($File, $Version, $More)
            @{ Predicted = 1; Actual = 2 } | Export-ResidualPlot $File -Title "v$Version" @More
        } }
    'Export-LossCurvePlot'  = @{ File = 'a.svg'; Write = {
            param($File, $Version, $More)
            Export-LossCurvePlot $File -Title "v$Version" @More
        } }
    'Export-LossPlot'       = @{ File = 'a.svg'; Write = {
            param($File, $Version, $More)
            $history | Export-LossPlot $File -Title "v$Version" @More
        } }
    'Export-NetworkPlot'    = @{ File = 'a.svg'; Write = {
            param($File, $Version, $More)
            Export-NetworkPlot $File noise -Title "v$Version" @More
        } }
    'Export-WeightPlot'     = @{ File = 'a.png'; Write = {
            param($File, $Version, $More)
            Export-WeightPlot $File noise -Title "v$Version" @More
        } }
    'Export-WordPlot'       = @{ File = 'a.svg'; Write = {
            param($File, $Version, $More)
            Export-WordPlot $File $foods -Title "v$Version" @More
        } }
    'Export-TrainingReport' = @{ File = 'a.html'; Write = {
            param($File, $Version, $More)
            $report | Export-TrainingReport $File -Title "v$Version" @More
        } }
    'New-Classifier'        = @{ File = 'a.onnx'; Write = {
            param($File, $Version, $More)
            $rows | New-Classifier -LabelProperty y -Epochs 2 -Seed $Version -Path $File @More
        } }
    'New-Regressor'         = @{ File = 'a.onnx'; Write = {
            param($File, $Version, $More)
            $rows | New-Regressor -TargetProperty a -Epochs 2 -Seed $Version -Path $File @More
        } }
    'New-WordClassifier'    = @{ File = 'a.onnx'; Write = {
            param($File, $Version, $More)
            New-WordClassifier -Positive $foods -Negative $others -Epochs 2 -Seed $Version -Path $File @More
        } }
    'Export-WordModel'      = @{ File = 'a.onnx'; Write = {
            param($File, $Version, $More)
            Export-WordModel $File -Model food -Keys (100 + $Version) @More
        } }
    'Export-WordVector'     = @{ File = 'a.txt'; Write = {
            param($File, $Version, $More)
            Export-WordVector $File -Vectors $tables[$Version] @More
        } }
    'Export-WordVector, table' = @{ File = 'a.safetensors'; Write = {
            param($File, $Version, $More)
            Export-WordVector $File -Vectors $tables[$Version] -Format SafeTensors @More
        } }
    'Export-WordVector, array' = @{ File = 'a.npy'; Also = 'a.words'; Write = {
            param($File, $Version, $More)
            Export-WordVector $File -Vectors $tables[$Version] -Format Npy @More
        } }
    'Convert-OnnxModel'     = @{ File = 'a.onnx'; Write = {
            param($File, $Version, $More)
            Convert-OnnxModel food $File -To (('Float16', 'Int8Dynamic')[$Version]) @More
        } }
    'Convert-OnnxModel, optimized' = @{ File = 'a.onnx'; Write = {
            param($File, $Version, $More)
            Convert-OnnxModel (('noise', 'food')[$Version]) $File -Optimize @More
        } }
}

# These change or replace a file without a parameter that keeps an existing one, or are asked to replace it.
$replacing = [ordered]@{
    'Set-OnnxModelMetadata'  = @{ File = 'a.onnx'; Write = {
            param($File, $Version)
            if (-not (Test-Path -LiteralPath $File)) {
                $null = Convert-OnnxModel noise $File -Optimize
            }
            Set-OnnxModelMetadata $File @{ author = "v$Version" }
        } }
    'Set-OnnxModelMetadata, copy' = @{ File = 'a.onnx'; Write = {
            param($File, $Version)
            Set-OnnxModelMetadata food @{ author = "v$Version" } -OutputPath $File
        } }
    'Invoke-OnnxModel'       = @{ File = 'a.json'; Write = {
            param($File)
            Invoke-OnnxModel noise (0.1, 0.2, 0.3) -Profile $File
        } }
    'Measure-OnnxModel'      = @{ File = 'a.svg'; Write = {
            param($File)
            Measure-OnnxModel noise -Duration 0.01 -WarmUp 1 -PlotPath $File
        } }
    'Import-WordVector'      = @{ File = "$env:ONNXDEEP_HOME/vectors/own.safetensors"; Write = {
            param($File, $Version)
            Import-WordVector "$Sources/$Version.txt" -Name own -Force
        } }
    'Import-WordVector, compressed' = @{ File = "$env:ONNXDEEP_HOME/vectors/small.safetensors"; Write = {
            param($File, $Version)
            Import-WordVector "$Sources/$Version.txt.gz" -Name small -Quantize Int8 -Force
        } }
}
if ($Server) {
    $replacing['Save-WordVector'] = @{ File = "$env:ONNXDEEP_HOME/vectors/saved.safetensors"; Write = {
            param($File, $Version)
            Save-WordVector -Uri "$Server$Version.txt" -Name saved -Force
        } }
}
if ($Plugin) {
    $replacing['Register-OnnxExecutionProvider'] = @{ File = "$env:ONNXDEEP_HOME/settings.json"; Write = {
            param($File, $Version)
            if ($Version) {
                Unregister-OnnxExecutionProvider Beads
            }
            else {
                Register-OnnxExecutionProvider Beads $Plugin -Persist
            }
        } }
}
