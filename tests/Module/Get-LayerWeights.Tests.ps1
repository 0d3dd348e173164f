#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/TinyModel.ps1"
    $models = "$((Get-Module OnnxDeep).ModuleBase)/models"
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $by = 'OnnxDeep.PowerShell.Notebook.GetLayerWeightsCommand'
}

Describe 'Get-LayerWeights' {
    It 'shows the layers of the food model in graph order, shaped as Keras keeps them' {
        $layers = Get-LayerWeights

        $layers[0].PSObject.TypeNames[0] | Should -BeExactly OnnxDeep.LayerWeights
        $layers.Model | Should -BeExactly 'food', 'food'
        $layers.Layer | Should -BeExactly 'dense', 'dense_1'
        $layers.Index | Should -Be 0, 1
        $layers.Activation | Should -BeExactly 'ReLU', 'Sigmoid'
        $layers.Inputs | Should -Be 300, 5
        $layers.Units | Should -Be 5, 1
        $layers.Parameters | Should -Be 1505, 6
        $layers[0].Weights.GetLength(0), $layers[0].Weights.GetLength(1) | Should -Be 300, 5
        $layers[0].Biases.Length | Should -Be 5
    }

    It 'takes a model by <How>' -ForEach @(
        @{ How = 'position'; Script = { Get-LayerWeights noise } }
        @{ How = '-Model'; Script = { Get-LayerWeights -Model noise } }
        @{ How = '-Path'; Script = { Get-LayerWeights -Path "$models/noise.onnx" } }
        @{ How = 'the pipeline'; Script = { 'noise' | Get-LayerWeights } }
        @{ How = 'a property Model'; Script = { [pscustomobject] @{ Model = 'noise' } | Get-LayerWeights } }
        @{ How = 'a property Path'; Script = { [pscustomobject] @{ Path = "$models/noise.onnx" } | Get-LayerWeights } }
        @{ How = 'Get-Item'; Script = { Get-Item "$models/noise.onnx" | Get-LayerWeights } }
        @{ How = 'its alias'; Script = { Get-LayerWeight noise } }
        @{ How = 'its own output'; Script = { Get-LayerWeights noise dense | Get-LayerWeights -Layer * } }
    ) {
        $layers = & $Script

        $layers.Model | Should -BeExactly 'noise', 'noise'
        $layers.Inputs | Should -Be 3, 5
    }

    It 'chooses layers by <Layer>' -ForEach @(
        @{ Layer = 'dense_1'; Names = 'dense_1' }
        @{ Layer = 'DENSE'; Names = 'dense' }
        @{ Layer = 1; Names = 'dense_1' }
        @{ Layer = '*_1'; Names = 'dense_1' }
        @{ Layer = 'dense*'; Names = 'dense', 'dense_1' }
        @{ Layer = 1, 'dense_1'; Names = 'dense_1' }
        @{ Layer = 1, 'dense', 1; Names = 'dense', 'dense_1' }
    ) {
        (Get-LayerWeights noise $Layer).Layer | Should -BeExactly $Names
    }

    It 'distinguishes layers whose names differ in case only' {
        $rows = 1..12 | ForEach-Object { [pscustomobject] @{ a = $_; b = -$_; Label = $_ % 2 ? 'odd' : 'even' } }
        $null = $rows | New-Classifier -LabelProperty Label -Path "$TestDrive/cases.onnx" -Hidden 2, 2 -Epochs 1
        $bytes = [IO.File]::ReadAllBytes("$TestDrive/cases.onnx")
        $text = [Text.Encoding]::Latin1.GetString($bytes).Replace('dense_2', 'DENSE_1')
        [IO.File]::WriteAllBytes("$TestDrive/cases.onnx", [Text.Encoding]::Latin1.GetBytes($text))

        (Get-LayerWeights "$TestDrive/cases.onnx" dense_1).Layer | Should -BeExactly dense_1
        (Get-LayerWeights "$TestDrive/cases.onnx" DENSE_1).Layer | Should -BeExactly DENSE_1
        (Get-LayerWeights "$TestDrive/cases.onnx" Dense_1).Layer | Should -BeExactly dense_1, DENSE_1
    }

    It 'is LayerNotFound for <_> and shows the other layers' -ForEach 'conv', '9', 'conv*', 'conv[' {
        $layers = Get-LayerWeights noise -Layer $_, dense @silent

        $problems.FullyQualifiedErrorId | Should -BeExactly "LayerNotFound,$by"
        $problems[0].Exception.Message | Should -BeLike '*dense, dense_1*'
        $problems[0].TargetObject | Should -Be $_
        $layers.Layer | Should -BeExactly 'dense'
    }

    It 'writes a row a number with -Flat, the weights of a unit before its bias' {
        $rows = Get-LayerWeights noise -Flat

        $rows | Should -HaveCount 26
        ($rows | Where-Object Layer -EQ dense_1).Kind | Should -BeExactly (@('Weight') * 5 + 'Bias')
        $row = $rows | Where-Object { $_.Layer -eq 'dense' -and $_.Input -eq 2 -and $_.Unit -eq 3 }
        $row.Value | Should -Be (Get-LayerWeights noise dense).Weights[2, 3]
        ($rows | Where-Object Kind -EQ Bias).Input | Should -Be (, $null * 6)
    }

    It 'has no biases for a layer without them' {
        # x [N, 3] times a stored matrix of zeros, [3, 2].
        $tensor = (0x08, 3, 0x08, 2, 0x10, 1) + (Get-TextField 8 'w') + (Get-Field 9 (, 0 * 24))
        $node = (Get-TextField 1 'x') + (Get-TextField 1 'w') + (Get-TextField 2 'y') + (Get-TextField 4 'MatMul')
        Write-Graph "$TestDrive/bare.onnx" (
            (Get-Field 1 $node) + (Get-Field 5 $tensor) +
            (Get-ValueField 11 'x' 'N', 3) + (Get-ValueField 12 'y' 'N', 2))

        $layer = Get-LayerWeights "$TestDrive/bare.onnx"

        $layer.HasBiases | Should -BeFalse
        $null -eq $layer.Biases | Should -BeTrue
        $layer.Parameters | Should -Be 6
        (Get-LayerWeights "$TestDrive/bare.onnx" -Flat).Kind | Should -BeExactly (, 'Weight' * 6)
        (Get-ModelSummary "$TestDrive/bare.onnx").Parameters | Should -Be 6
        (Get-OnnxModel "$TestDrive/bare.onnx").Parameters | Should -Be 6
        $trace = Trace-Network -Model "$TestDrive/bare.onnx" -InputObject 1, 2, 3
        $null -eq $trace.Layers[0].Biases | Should -BeTrue
        $trace.Text | Should -BeLikeExactly "*The biases of layer 'w' are:`n`n none`n*"
        (Get-NetworkGradient -Model "$TestDrive/bare.onnx" -InputObject 1, 2, 3 -Target 0, 1).Kind |
            Should -BeExactly (, 'Weight' * 6)
    }

    It 'has arrays that CSV files, JSON and Clixml hold with their numbers' {
        $layer = Get-LayerWeights noise -Layer dense
        $row = $layer | ConvertTo-Csv | ConvertFrom-Csv

        $layer.Weights -is [float[,]] | Should -BeTrue
        $layer.Biases -is [float[]] | Should -BeTrue
        $layer.Biases.Length | Should -Be 5
        [float[]] -split $row.Biases | Should -BeExactly $layer.Biases
        ($row.Weights -split '; ').Count | Should -Be 3
        [float[]] -split ($row.Weights -replace ';') | Should -BeExactly @($layer.Weights | ForEach-Object { $_ })
        [float[]] ($layer | ConvertTo-Json | ConvertFrom-Json).Biases | Should -BeExactly $layer.Biases
        $text = [Management.Automation.PSSerializer]::Serialize($layer)
        [Management.Automation.PSSerializer]::Deserialize($text).Biases | Should -BeExactly $layer.Biases
    }

    It 'goes through Export-Csv and back' {
        Get-LayerWeights noise -Flat | Export-Csv "$TestDrive/noise.csv"
        $rows = Import-Csv "$TestDrive/noise.csv"

        $rows[0].psobject.Properties.Name |
            Should -BeExactly 'Model', 'Layer', 'Index', 'Kind', 'Input', 'Unit', 'Value'
        # Export-Csv formats numbers for the culture.
        $rows.Value | ForEach-Object { [float]::Parse($_) } | Should -Be (Get-LayerWeights noise -Flat).Value
    }

    It 'writes the first row before it has made the last' {
        (Get-LayerWeights -Flat | Select-Object -First 1).Kind | Should -BeExactly 'Weight'
    }

    It 'processes the other models if one is <Id>' -ForEach @(
        @{ Id = 'ModelNotFound'; Model = 'nosuch'; Category = 'ObjectNotFound' }
        @{ Id = 'ModelNotFound'; Model = 'nosuchdrive:\my.onnx'; Category = 'ObjectNotFound' }
        @{ Id = 'ModelNotOnnx'; Model = 'TestDrive:\text.onnx'; Category = 'InvalidData' }
        @{ Id = 'ModelTruncated'; Model = 'TestDrive:\half.onnx'; Category = 'InvalidData' }
        @{ Id = 'NoDenseLayers'; Model = 'TestDrive:\sign.onnx'; Category = 'ObjectNotFound' }
        @{ Id = 'FileNotReadable'; Model = 'TestDrive:\locked.onnx'; Category = 'ReadError' }
    ) {
        Set-Content "$TestDrive/text.onnx" 'I am no model'
        [IO.File]::WriteAllBytes("$TestDrive/half.onnx", [IO.File]::ReadAllBytes("$models/food.onnx")[0..3000])
        Write-TinyModel "$TestDrive/sign.onnx" Sign
        $lock = [IO.File]::Open("$TestDrive/locked.onnx", 'Create', 'Write', 'None')
        try {
            $layers = $Model, 'noise' | Get-LayerWeights @silent
        }
        finally {
            $lock.Dispose()
        }

        $problems.FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
        $problems[0].CategoryInfo.Category | Should -Be $Category
        $layers.Model | Should -BeExactly 'noise', 'noise'
    }

    It 'processes the other models if one is a dangling link' -Skip:$IsWindows {
        $null = New-Item "$TestDrive/link.onnx" -ItemType SymbolicLink -Target "$TestDrive/gone.onnx"
        $layers = "$TestDrive/link.onnx", 'noise' | Get-LayerWeights @silent

        $problems.FullyQualifiedErrorId | Should -BeExactly "LinkBroken,$by"
        $layers.Model | Should -BeExactly 'noise', 'noise'
    }

    It 'refuses an empty model or layer' {
        { Get-LayerWeights '' } | Should -Throw -ErrorId "ParameterArgumentValidationError,$by"
        { Get-LayerWeights noise -Layer '' } | Should -Throw -ErrorId "ParameterArgumentValidationError,$by"
    }
}
