#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    . "$PSScriptRoot/PlotHelper.ps1"
}

Describe 'Export-WeightPlot' {
    It 'draws <What>, in any size and theme' -ForEach @(
        @{ What = 'the food model by default'; Draw = { param($more) Export-WeightPlot @more } }
        @{ What = 'a layer'; Draw = { param($more) Export-WeightPlot -Model noise -Layer dense_1 @more } }
        @{ What = 'a layer of the pipeline'; Draw = {
                param($more)
                Get-LayerWeights noise dense | Export-WeightPlot @more } }
    ) {
        Test-Picture $Draw
    }

    It 'draws a layer by <How>' -ForEach @(
        @{ How = 'name'; Script = { Export-WeightPlot "$TestDrive/l.svg" noise dense_1 } }
        @{ How = 'number'; Script = { Export-WeightPlot "$TestDrive/l.svg" noise 1 } }
        @{ How = 'the pipeline'; Script = { Get-LayerWeights noise dense_1 | Export-WeightPlot "$TestDrive/l.svg" } }
    ) {
        Get-SvgText (& $Script) | Should -BeLike '*noise: weights of layer dense_1, 5 × 1, Sigmoid*'
    }

    It 'shows the numbers of a small layer' {
        $weight = (Get-LayerWeights noise dense).Weights[0, 0].ToString('0.###', [cultureinfo]::InvariantCulture)

        Get-SvgText (Export-WeightPlot "$TestDrive/n.svg" noise dense) | Should -BeLike "*$($weight.TrimStart('-'))*"
    }

    It 'is <Id> for what it cannot draw' -ForEach @(
        @{ Id = 'ModelNotFound'; Model = 'nosuch'; Layer = 0 }
        @{ Id = 'LayerNotFound'; Model = 'noise'; Layer = 'conv' }
        @{ Id = 'LayerNotFound'; Model = 'noise'; Layer = 2 }
    ) {
        Test-Refusal { Export-WeightPlot "$TestDrive/e.png" $Model $Layer } $Id ObjectNotFound
    }

    It 'distinguishes layers whose names differ in case only' {
        $rows = 1..12 | ForEach-Object { [pscustomobject] @{ a = $_; b = -$_; Label = $_ % 2 ? 'odd' : 'even' } }
        $null = $rows | New-Classifier -LabelProperty Label -Path "$TestDrive/cases.onnx" -Hidden 2, 2 -Epochs 1
        $bytes = [IO.File]::ReadAllBytes("$TestDrive/cases.onnx")
        $text = [Text.Encoding]::Latin1.GetString($bytes).Replace('dense_2', 'DENSE_1')
        [IO.File]::WriteAllBytes("$TestDrive/cases.onnx", [Text.Encoding]::Latin1.GetBytes($text))

        $picture = Export-WeightPlot "$TestDrive/cases.svg" "$TestDrive/cases.onnx" DENSE_1
        Get-SvgText $picture | Should -BeLikeExactly '*weights of layer DENSE_1, *'
        (Get-Failure { Export-WeightPlot "$TestDrive/c.svg" "$TestDrive/cases.onnx" Dense_1 }).FullyQualifiedErrorId |
            Should -BeExactly 'LayerAmbiguous,OnnxDeep.PowerShell.Plots.ExportWeightPlotCommand'
    }

    It 'is PlotPathTaken for a second layer' {
        { Get-LayerWeights noise | Export-WeightPlot "$TestDrive/two.png" -ErrorAction Stop } |
            Should -Throw -ErrorId 'PlotPathTaken*'
    }
}
