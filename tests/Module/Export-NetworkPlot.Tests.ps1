#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/PlotHelper.ps1"
}

Describe 'Export-NetworkPlot' {
    It 'draws the food model by default, in any size and theme' {
        Test-Picture { param($more) Export-NetworkPlot @more }
    }

    It 'tells layers, units and activations, and how many inputs are shown' {
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

    It 'is ModelNotFound for a model that is not there' {
        { Export-NetworkPlot "$TestDrive/e.png" nosuch } | Should -Throw -ErrorId 'ModelNotFound*'
    }
}
