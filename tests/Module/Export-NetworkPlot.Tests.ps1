#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    . "$PSScriptRoot/PlotHelper.ps1"
    . "$PSScriptRoot/TinyModel.ps1"
}

Describe 'Export-NetworkPlot' {
    It 'draws <What>, in any size and theme' -ForEach @(
        @{ What = 'the food model by default'; Draw = { param($more) Export-NetworkPlot @more } }
        @{ What = 'a model of the pipeline'; Draw = { param($more) 'noise' | Export-NetworkPlot @more } }
    ) {
        Test-Picture $Draw
    }

    It 'shows layers, units and activations, and how many inputs are shown' {
        $text = Get-SvgText (Export-NetworkPlot "$TestDrive/food.svg")

        $text | Should -BeLike '*food: a 300-5-1 network*'
        $text | Should -BeLike '*300, 10 shown*'
        $text | Should -BeLike '*5, ReLU*'
        $text | Should -BeLike '*x299*'
        $text | Should -BeLike '*p(food)*'
    }

    It 'draws a file of the pipeline' {
        Get-Item "$((Get-Module OnnxDeep).ModuleBase)/models/noise.onnx" | Export-NetworkPlot "$TestDrive/noise.svg"

        Get-SvgText "$TestDrive/noise.svg" | Should -BeLike '*noise: a 3-5-1 network*'
    }

    It 'is <Id> for what it cannot draw' -ForEach @(
        @{ Id = 'ModelNotFound'; Model = 'nosuch' }
        @{ Id = 'NoDenseLayers'; Model = 'TestDrive:\sign.onnx' }
    ) {
        Write-TinyModel "$TestDrive/sign.onnx" Sign

        Test-Refusal { Export-NetworkPlot "$TestDrive/e.png" $Model } $Id ObjectNotFound
    }

    It 'is PlotPathTaken for a second model, and the first keeps its picture' {
        { 'noise', 'food' | Export-NetworkPlot "$TestDrive/two.svg" -Width 400 } |
            Should -Throw -ErrorId 'PlotPathTaken,OnnxDeep.PowerShell.Plots.ExportNetworkPlotCommand'

        Get-SvgText "$TestDrive/two.svg" | Should -BeLikeExactly '*noise: a 3-5-1 network*'
    }
}
