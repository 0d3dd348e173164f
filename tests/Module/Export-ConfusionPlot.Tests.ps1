#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/PlotHelper.ps1"
}

Describe 'Export-ConfusionPlot' {
    It 'draws a matrix, in any size and theme' {
        Test-Picture { param($more) Export-ConfusionPlot -Matrix ((14, 2), (1, 13)) -Label 'not food', food @more }
    }

    It 'counts predictions' {
        $predictions = Test-FoodWord pizza, soup, laptop | Select-Object *, @{ Name = 'Truth'; Expression = { 'food' } }
        $text = Get-SvgText ($predictions | Export-ConfusionPlot "$TestDrive/p.svg")

        $text | Should -BeLike '*3 predictions, 66.7 % right*'
    }

    It 'takes Confusion and Labels of a result' {
        $result = [pscustomobject] @{ Confusion = ((3, 1), (0, 4)); Labels = 'no', 'yes' }

        $text = Get-SvgText ($result | Export-ConfusionPlot "$TestDrive/r.svg")
        $text | Should -BeLike '*8 predictions, 87.5 % right*'
        $text | Should -BeLike '*yes*'
    }

    It 'is ConfusionInvalid for <What>' -ForEach @(
        @{ What = 'rows of unlike length'; Script = { Export-ConfusionPlot "$TestDrive/e.png" ((1, 2), (3, 4, 5)) } }
        @{ What = 'text'; Script = { Export-ConfusionPlot "$TestDrive/e.png" abc } }
        @{ What = 'too few labels'; Script = { Export-ConfusionPlot "$TestDrive/e.png" ((1, 2), (3, 4)) one } }
        @{ What = 'an object without a class'; Script = { [pscustomobject] @{ Word = 'a' } | Export-ConfusionPlot "$TestDrive/e.png" } }
    ) {
        $Script | Should -Throw -ErrorId 'ConfusionInvalid*'
    }
}
