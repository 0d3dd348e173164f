#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    $folder = Split-Path (Get-Module OnnxDeep -ListAvailable | Select-Object -First 1).Path
    $cmdlets = (Import-PowerShellDataFile "$folder/OnnxDeep.psd1").CmdletsToExport
    $hasHelp = Test-Path "$folder/en-US"
}

BeforeAll {
    . "$PSScriptRoot/Failure.ps1"
    Import-Module OnnxDeep
    $folder = (Get-Module OnnxDeep).ModuleBase
    $manifest = "$folder/OnnxDeep.psd1"

    function Get-Completion([string] $Line) {
        (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches
    }
}

Describe 'the module' {
    It 'has a sound manifest' {
        $module = Test-ModuleManifest $manifest

        $module.Name | Should -BeExactly 'OnnxDeep'
        $module.CompatiblePSEditions | Should -BeExactly 'Core'
        $module.Description | Should -Not -BeNullOrEmpty
    }

    It 'exports the cmdlets and aliases of its manifest and nothing else' {
        $data = Import-PowerShellDataFile $manifest
        $module = Get-Module OnnxDeep

        $module.ExportedCmdlets.Keys | Sort-Object | Should -Be ($data.CmdletsToExport | Sort-Object)
        $module.ExportedAliases.Keys | Sort-Object | Should -Be ($data.AliasesToExport | Sort-Object)
        $module.ExportedFunctions.Keys | Should -BeNullOrEmpty
        $module.ExportedVariables.Keys | Should -BeNullOrEmpty
    }

    It 'reads the text of every parameter that is a number by its own rules, which drop no comma' {
        $types = [int], [long], [uint], [ulong], [float], [double], [decimal]
        $numbers = foreach ($command in Get-Command -Module OnnxDeep -CommandType Cmdlet) {
            foreach ($parameter in $command.Parameters.Values) {
                $type = $parameter.ParameterType
                $type = $type.IsArray ? $type.GetElementType() : $type
                $type = [Nullable]::GetUnderlyingType($type) ?? $type
                if ($type -in $types -and $parameter.Name -notin [Management.Automation.PSCmdlet]::CommonParameters) {
                    [pscustomobject] @{
                        Name      = "$($command.Name) -$($parameter.Name)"
                        IsGuarded = $parameter.Attributes.TypeId.Name -contains 'NumberTransformationAttribute'
                    }
                }
            }
        }

        $numbers.Count | Should -BeGreaterThan 40
        ($numbers | Where-Object { -not $_.IsGuarded }).Name | Should -BeNullOrEmpty
    }

    It 'has -Culture wherever numbers come from objects or files' {
        (Get-Command -Module OnnxDeep -ParameterName Culture).Name | Sort-Object | Should -BeExactly @(
            'Compare-OnnxModel', 'Convert-OnnxModel', 'Export-ConfusionPlot', 'Export-LossCurvePlot', 'Export-LossPlot'
            'Export-ReliabilityPlot', 'Export-ResidualPlot', 'Export-TrainingReport', 'Get-FeatureImportance'
            'Get-LossCurve', 'Get-NetworkGradient', 'Get-PredictionContribution', 'Import-OnnxTensor'
            'Invoke-Classifier', 'Invoke-Neuron', 'Invoke-OnnxModel'
            'Measure-Classification', 'Measure-Loss', 'Measure-OnnxModel', 'Measure-Regression', 'New-Classifier'
            'New-Regressor', 'Trace-Network')
    }

    It 'explains what is wrong with a path that contains a NUL character: <_>' -ForEach @(
        { Test-FoodWord -Path $path }
        { Test-FoodWord -LiteralPath $path }
        { Test-FoodWord salad -Model $path }
        { Get-WordVector salad -Vectors $path }
        { Import-WordVector $path }
        { Import-OnnxTensor $path }
        { Test-OnnxModel $path }
        { Get-OnnxModel $path }
        { Set-OnnxModelMetadata food @{ a = 'b' } -OutputPath $path }
        { Convert-OnnxModel $path ./b.onnx -To Float16 }
        { Convert-OnnxModel food $path -To Float16 }
        { Invoke-OnnxModel noise (1, 2, 3) -Profile $path }
        { Measure-OnnxModel noise -PlotPath "$path.png" }
        { Export-WordVector $path }
        { Export-WordModel $path }
        { Export-NetworkPlot "$path.png" }
        { Register-OnnxExecutionProvider Beads $path }
    ) {
        $path = "a`0b"

        $failure = Get-Failure $_

        $failure.FullyQualifiedErrorId | Should -BeLike 'PathInvalid,*'
        $failure.CategoryInfo.Category | Should -Be InvalidArgument
        $failure.Exception.Message | Should -MatchExactly (
            "^The path 'a``0b(\.png)?' contains a NUL character \(``0\), which .* Check ")
    }

    It 'uses approved verbs' {
        (Get-Command -Module OnnxDeep -CommandType Cmdlet).Verb |
            Where-Object { $_ -notin (Get-Verb).Verb } | Should -BeNullOrEmpty
    }

    It 'is imported again, by force and after removal' {
        # A job is a separate process, in which nothing has been loaded.
        $answers = Start-Job {
            Import-Module OnnxDeep
            Import-Module OnnxDeep
            Import-Module OnnxDeep -Force
            Test-FoodWord salad -Quiet
            Remove-Module OnnxDeep
            $null -eq (Get-Module OnnxDeep)
            Import-Module OnnxDeep
            Test-FoodWord salad -Quiet
            (Get-Command -Module OnnxDeep).Count
            Get-LayerWeight noise dense | ForEach-Object Units
        } | Receive-Job -Wait -AutoRemoveJob

        $commands = (Import-PowerShellDataFile $manifest).CmdletsToExport.Count + 1
        $answers | Should -Be $true, $true, $true, $commands, 5
    }

    It 'works beside another Google.Protobuf, which keeps its place' {
        $other = (New-Item "$TestDrive/other" -ItemType Directory).FullName
        $answers = Start-Job -ArgumentList "$other/Google.Protobuf.dll" {
            $name = [Reflection.AssemblyName] 'Google.Protobuf, Version=1.2.3.4'
            $builder = [Reflection.Emit.PersistedAssemblyBuilder]::new($name, [object].Assembly)
            $null = $builder.DefineDynamicModule('Google.Protobuf')
            $builder.Save($args[0])
            $null = [Reflection.Assembly]::LoadFrom($args[0])

            Import-Module OnnxDeep
            (Get-LayerWeights noise).Layer
            Test-FoodWord salad -Quiet
            [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'Google.Protobuf' } |
                ForEach-Object { [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name } | Sort-Object
        } | Receive-Job -Wait -AutoRemoveJob

        $answers | Should -BeExactly 'dense', 'dense_1', $true, 'Default', 'OnnxDeep'
    }

    It 'says so where its native libraries are missing, and does what needs none' {
        $copy = "$TestDrive/OnnxDeep"
        foreach ($file in Get-ChildItem $folder -Recurse -File | Where-Object FullName -NotMatch '[\\/]runtimes[\\/]') {
            $target = Join-Path $copy ([IO.Path]::GetRelativePath($folder, $file.FullName))
            $null = New-Item (Split-Path $target) -ItemType Directory -Force
            Copy-Item -LiteralPath $file.FullName $target
        }

        $answers = Start-Job -ArgumentList $copy {
            Import-Module "$($args[0])/OnnxDeep.psd1"
            try { Test-FoodWord salad } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
            try { Export-WeightPlot "$($args[0])/a.png" } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
            (Get-LayerWeights noise).Layer
        } | Receive-Job -Wait -AutoRemoveJob

        $answers | Should -BeExactly 'OnnxRuntimeMissing', 'PlotUnsupported', 'dense', 'dense_1'
        "$copy/a.png" | Should -Not -Exist
    }

    It 'works in thread jobs, each with a runspace of its own' {
        $jobs = foreach ($word in 'salad', 'laptop') {
            Start-ThreadJob { Import-Module OnnxDeep; Test-FoodWord $using:word -Quiet }
        }

        $jobs | Receive-Job -Wait -AutoRemoveJob | Sort-Object | Should -Be $false, $true
    }

    It 'loads the drawing library for a picture and not before' {
        # A job is a separate process: pictures of other tests must not affect the result.
        $steps = Start-Job -ArgumentList "$TestDrive/weights.png" {
            function Get-Drawing([string] $Step) {
                $assemblies = [Runtime.Loader.AssemblyLoadContext]::All.ForEach({ $_.Assemblies })
                $names = $assemblies.ForEach({ $_.GetName().Name })
                "$Step`: $($names | Where-Object { $_ -in 'OnnxDeep.Plots', 'ScottPlot', 'SkiaSharp' } | Sort-Object)"
            }
            $null = Test-FoodWord salad, car
            $null = Get-LayerWeights noise
            Get-Drawing before
            $null = Get-Command -Module OnnxDeep -Syntax
            $null = Export-WeightPlot $args[0] -WhatIf
            Get-Drawing asked
            $null = Export-WeightPlot $args[0]
            Get-Drawing after
        } | Receive-Job -Wait -AutoRemoveJob

        $steps | Should -Be 'before: ', 'asked: OnnxDeep.Plots', 'after: OnnxDeep.Plots ScottPlot SkiaSharp'
    }

    It 'adds only its loader to the assemblies of PowerShell' {
        $names = [Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.ForEach({ $_.GetName().Name })

        $names -like 'OnnxDeep*' | Should -BeExactly 'OnnxDeep.Loader'
        $names | Should -Not -Contain 'Microsoft.ML.OnnxRuntime'
    }
}

Describe 'tab completion' {
    It 'completes <Line> with <Names>' -ForEach @(
        @{ Line = 'Get-LayerWeights '; Names = 'food', 'food-words', 'noise' }
        @{ Line = 'Get-LayerWeights -Model n'; Names = 'noise' }
        @{ Line = 'Get-LayerWeights noise '; Names = 'dense', 'dense_1' }
        @{ Line = 'Get-LayerWeights noise -Layer dense_'; Names = 'dense_1' }
        @{ Line = 'Get-LayerWeights -Model noise -Layer dense,dense_'; Names = 'dense_1' }
        @{ Line = 'Invoke-OnnxModel noise -OutputName '; Names = 'probability' }
        @{ Line = 'Test-FoodWord tea -Model '; Names = 'food', 'food-words', 'noise' }
        @{ Line = 'Test-FoodWord tea -Vectors '; Names = 'wordnet-300d' }
        @{ Line = 'Get-WordVector tea -Vectors w'; Names = 'wordnet-300d' }
        @{ Line = 'Measure-WordSimilarity tea tea -Vectors w'; Names = 'wordnet-300d' }
        @{ Line = 'Find-SimilarWord tea -Vectors w'; Names = 'wordnet-300d' }
        @{ Line = 'Test-FoodWord tea -Provider '; Names = 'Auto', 'CPU', 'CUDA' }
        @{ Line = 'Test-Word tea -Model food -Provider c'; Names = 'CPU', 'CUDA' }
        @{ Line = 'Get-OnnxExecutionProvider cu'; Names = 'CUDA' }
    ) {
        Push-Location (New-Item "$TestDrive/empty" -ItemType Directory -Force)
        try {
            $completions = Get-Completion $Line
        }
        finally {
            Pop-Location
        }

        foreach ($name in $Names) {
            $completions.CompletionText | Should -Contain $name
        }
        $completions.CompletionText | Select-Object -First @($Names).Count | Should -BeExactly $Names
    }

    It 'offers files of the current location too, and the layers of one that was typed' {
        Copy-Item "$folder/models/noise.onnx" "$TestDrive/mine.onnx"
        Push-Location $TestDrive
        try {
            (Get-Completion 'Get-LayerWeights mi').ListItemText | Should -Contain 'mine.onnx'
            (Get-Completion 'Get-LayerWeights ./mine.onnx -Layer ').CompletionText |
                Should -BeExactly 'dense', 'dense_1'
        }
        finally {
            Pop-Location
        }
    }

    It 'offers <Files> for <Line>, and folders' -ForEach @(
        @{ Line = 'Get-OnnxModel ./'; Files = 'm.onnx' }
        @{ Line = 'Get-OnnxModel -LiteralPath ./'; Files = 'm.onnx' }
        @{ Line = 'Test-FoodWord tea -Model ./'; Files = 'm.onnx' }
        @{ Line = 'Convert-OnnxModel noise ./'; Files = 'm.onnx' }
        @{ Line = 'Set-OnnxModelMetadata noise -OutputPath ./'; Files = 'm.onnx' }
        @{ Line = 'New-Classifier -Path ./'; Files = 'm.onnx' }
        @{ Line = 'New-Regressor -Path ./'; Files = 'm.onnx' }
        @{ Line = 'Export-WordModel ./'; Files = 'm.onnx' }
        @{ Line = 'Get-WordVector tea -Vectors ./'; Files = 't.safetensors' }
        @{ Line = 'Test-FoodWord -Path ./'; Files = 'w.txt', 'words' }
        @{ Line = 'Test-Word -Model food -LiteralPath ./'; Files = 'w.txt', 'words' }
        @{ Line = 'Import-WordVector ./'; Files = 'a.npy', 'm.onnx', 't.safetensors', 'v.vec', 'w.txt' }
        @{ Line = 'Import-WordVector x -WordList ./'; Files = 'w.txt' }
        @{ Line = 'Import-OnnxTensor ./'; Files = 'a.npy', 'c.csv' }
        @{ Line = 'Test-OnnxModel ./'; Files = @() }
        @{ Line = 'Export-LossPlot ./'; Files = 'p.svg' }
        @{ Line = 'Measure-OnnxModel noise -PlotPath ./'; Files = 'p.svg' }
        @{ Line = 'Export-TrainingReport ./'; Files = 'r.html' }
        @{ Line = 'Invoke-OnnxModel noise -Profile ./'; Files = 'j.json' }
        @{ Line = 'Register-OnnxExecutionProvider x ./'; Files = 'l.so' }
        @{ Line = 'Export-WordVector ./'; Files = 'a.npy', 't.safetensors', 'v.vec', 'w.txt' }
    ) {
        $null = New-Item "$TestDrive/kinds/folder" -ItemType Directory -Force
        Push-Location "$TestDrive/kinds"
        try {
            $names = 'm.onnx', 't.safetensors', 'w.txt', 'words', 'v.vec', 'a.npy', 'c.csv',
                'p.svg', 'r.html', 'j.json', 'l.so'
            $names | Where-Object { -not (Test-Path $_) } | ForEach-Object { $null = New-Item $_ }
            (Get-Completion $Line).ListItemText | Sort-Object |
                Should -BeExactly (@($Files) + 'folder' | Sort-Object)
        }
        finally {
            Pop-Location
        }
    }

    It 'completes <Typed> with a path that the command takes' -ForEach @(
        @{ Typed = 'Get-OnnxModel ./my'; Kind = 'a space' }
        @{ Typed = "Get-OnnxModel './my models/a"; Kind = 'a quoted folder with a space' }
        @{ Typed = 'Get-OnnxModel ./x'; Kind = 'brackets with wildcards' }
        @{ Typed = 'Get-OnnxModel -LiteralPath ./x'; Kind = 'brackets without wildcards' }
        @{ Typed = 'Get-OnnxModel -LiteralPath ''./x[1]/b'; Kind = 'a literal folder with brackets' }
        @{ Typed = 'Get-ModelSummary ./x'; Kind = 'brackets of a model' }
    ) {
        $null = 'my models', 'x[1]' | ForEach-Object { New-Item "$TestDrive/odd/$_" -ItemType Directory -Force }
        'my models/a.onnx', 'x[1]/b.onnx', 'my.onnx', 'x[2].onnx' | ForEach-Object {
            [IO.File]::Copy("$folder/models/noise.onnx", "$TestDrive/odd/$_", $true)
        }
        Push-Location "$TestDrive/odd"
        try {
            $command = $Typed -replace " (\S*|'[^']*)$"
            $completions = @(Get-Completion $Typed | Where-Object ResultType -EQ ProviderItem)
            $completions | Should -HaveCount 1
            (Invoke-Expression "$command $($completions[0].CompletionText)") | Should -HaveCount 1 -Because $Kind
        }
        finally {
            Pop-Location
        }
    }

    It 'stays silent about a model that is not there' {
        Get-Completion 'Get-LayerWeights nosuch -Layer d' | Where-Object CompletionText -Like 'dense*' |
            Should -BeNullOrEmpty
    }
}

Describe 'default views' {
    BeforeAll {
        $long = 'extraordinarily ' * 20
        $rendering = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = 'PlainText'
    }

    AfterAll {
        $PSStyle.OutputRendering = $rendering
    }

    It 'shows what counts of <Script> in 80 columns' -ForEach @(
        @{
            Script = { Test-FoodWord salad, qwxzv, $long }
            Shows  = 'Word', 'Label', 'P(food)', 'Model', 'salad', 'food', 'unknown'
        }
        @{
            Script = { Get-LayerWeights }
            Shows  = @(
                'Model: food', 'Index', 'Layer', 'Activation', 'Inputs', 'Units', 'Parameters', 'dense_1', 'ReLU'
            )
        }
        @{
            Script = { Get-LayerWeights noise -Flat }
            Shows  = 'Model: noise', 'Layer', 'Kind', 'Input', 'Unit', 'Value', 'Bias'
        }
        @{
            Script = { Get-WordVector lemon, qwxzv, $long }
            Shows  = 'Word', 'Known', 'Norm', 'Vector', '× 300', 'False'
        }
        @{
            Script = { Measure-WordSimilarity $long lime, $long }
            Shows  = 'ReferenceWord', 'Word', 'Similarity', 'lime'
        }
        @{
            Script = { Find-SimilarWord lemon, guitar -Top 2 }
            Shows  = @(
                'ReferenceWord: lemon', 'ReferenceWord: guitar', 'Position', 'Word', 'Similarity', 'orange'
            )
        }
        @{ Script = { Get-WordVector lemon | Format-List }; Shows = 'Word', 'IsKnown', 'Norm', 'Dimensions', 'Source' }
        @{
            Script = { Get-LayerWeights noise dense | Format-List }
            Shows  = 'Layer', 'Activation', 'Units', 'Parameters'
        }
        @{
            Script = { Invoke-Neuron -InputSignal 100 -Weight -1 -Bias 50 }
            Shows  = 'InputSignal', 'Weight', 'Bias', '-50', 'Step', 'Output'
        }
        @{
            Script = { Trace-Network -Seed 42 }
            Shows  = @(
                ' `[-25.09197623  90.14286128  46.39878836`]', 'gives a_n:', 'The predicted class is 1'
            )
        }
        @{
            Script = { Get-NetworkGradient -Seed 42 -Target 1 }
            Shows  = 'Layer: output', 'w21', 'b_output', 'Direction', 'increase'
        }
        @{ Script = { Get-LossCurve }; Shows = 'Predicted', 'SquaredError', 'Derivative' }
        @{ Script = { Get-LossCurve -TangentAt 3 }; Shows = 'Slope', 'Intercept', '4 `* predicted - 8' }
        @{ Script = { Measure-Loss -Predicted 0.9, 0.2 -Actual 1, 0 }; Shows = 'MSE', 'RMSE', 'MAE', 'BCE', '0[.,]025' }
        @{
            Script = { Get-OnnxModel noise }
            Shows  = 'features: tensor(float) `[N, 3`]', 'ai.onnx 17', 'dense: 3 → 5, Sigmoid', 'Gemm 2'
        }
        @{ Script = { Get-OnnxModel food-words -Node }; Shows = 'Graph: food-words', 'LabelEncoder', 'word/rows' }
        @{ Script = { Get-OnnxModel food -Initializer }; Shows = 'Model: food', '`[300, 5`]', '-0.31664', 'Mean' }
        @{ Script = { Get-OnnxModel food-words -Operator }; Shows = 'Model: food-words', 'ai.onnx.ml' }
        @{ Script = { (Get-OnnxModel noise).Inputs }; Shows = 'tensor(float)', '`[N, 3`]' }
        @{
            Script = { Get-OnnxModel noise -Tree }
            Shows  = '├─ dense: Gemm(features, dense/kernel, dense/bias) → dense/z'
        }
        @{ Script = { Get-ModelSummary noise }; Shows = 'Layer (type)', 'Output Shape', 'Total params: 26 (104.00 B)' }
        @{
            Script = { @{ Truth = 'a'; Label = 'a' } | Measure-Classification }
            Shows  = '   precision    recall  f1-score   support', 'weighted avg       1.00'
        }
        @{ Script = { Get-OnnxExecutionProvider }; Shows = 'Name', 'Device', 'Vendor', 'Available', 'Reason', 'CUDA' }
    ) {
        $text = . $Script 3> $null | Out-String -Width 80

        foreach ($word in $Shows) {
            $text | Should -BeLike "*$word*"
        }
        $text.Split("`n").TrimEnd() | Where-Object Length -GT 80 | Should -BeNullOrEmpty
    }

    It 'lays layers out in a table, a group a model' {
        Get-LayerWeights noise | Out-String | ForEach-Object { $_ -split '\r?\n' } | Should -Be @(
            ''
            '   Model: noise'
            ''
            'Index Layer                      Activation Inputs  Units Parameters'
            '----- -----                      ---------- ------  ----- ----------'
            '    0 dense                      Sigmoid         3      5         20'
            '    1 dense_1                    Sigmoid         5      1          6'
            ''
            ''
        )
    }

    It 'shows the same of <Script> in strict mode' -ForEach @(
        @{ Script = { Compare-OnnxModel noise noise } }
        @{ Script = { Compare-OnnxModel noise food -StructureOnly } }
        @{ Script = { Get-OnnxModel food } }
        @{ Script = { Get-OnnxModel food-words -Node } }
        @{ Script = { Get-WordVector lemon, qwxzv -WarningAction Ignore } }
        @{ Script = { Test-FoodWord lemon, qwxzv -WarningAction Ignore } }
        @{ Script = { Trace-Network -Seed 42 } }
        @{ Script = { Get-NetworkGradient -Seed 42 -Target 1 } }
        @{ Script = { @{ Truth = 'a'; Label = 'a' } | Measure-Classification } }
    ) {
        $text = & $Script | Out-String -Width 80
        Set-StrictMode -Version Latest

        & $Script | Out-String -Width 80 | Should -Be $text
    }

    It 'keeps the arrays out of Format-List' {
        Get-WordVector lemon | Format-List | Out-String | Should -Not -BeLike '*{*'
        Get-LayerWeights noise dense | Format-List | Out-String | Should -Not -BeLike '*{*'
    }
}

Describe 'Get-Help <_>' -ForEach $cmdlets -Skip:(-not $hasHelp) {
    BeforeAll {
        $help = Get-Help $_ -Full
    }

    It 'says what it does and shows how' {
        $help.Synopsis | Should -Not -BeLike "*$_*"
        $help.Description.Text | Should -Not -BeNullOrEmpty
        $help.Examples.Example | Should -Not -BeNullOrEmpty
    }

    It 'describes every parameter' {
        $common = [Management.Automation.Cmdlet]::CommonParameters +
            [Management.Automation.Cmdlet]::OptionalCommonParameters
        # If a parameter is called Keys, .Keys is that parameter.
        $own = (Get-Command $_).Parameters.get_Keys() | Where-Object { $_ -notin $common } | Sort-Object
        $described = $help.Parameters.Parameter | Where-Object { $_.Description.Text } | ForEach-Object Name

        $described | Where-Object { $_ -notin $common } | Sort-Object | Should -Be $own
    }
}
