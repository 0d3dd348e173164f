#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    . "$PSScriptRoot/PlotHelper.ps1"
}

Describe 'Export-LossCurvePlot' {
    It 'draws <What>, in any size and theme' -ForEach @(
        @{ What = 'the notebook''s curves'; Draw = { param($more) Export-LossCurvePlot @more } }
        @{ What = 'others'; Draw = { param($more) Export-LossCurvePlot -Truth 2 -At -1 -X 1, 2, 3 -Y 2, 3, 5 @more } }
    ) {
        Test-Picture $Draw
    }

    It 'has slope 4 at 3' {
        Get-SvgText (Export-LossCurvePlot "$TestDrive/c.svg") |
            Should -BeLike '*tangent at ŷ = 3: slope 2(ŷ − y) = 4, error 4*'
    }

    It 'takes another truth, tangent and points' {
        $text = Get-SvgText (Export-LossCurvePlot "$TestDrive/c.svg" -Truth 2 -At -1 -X 1, 2, 3 -Y 1, 3, 5)

        $text | Should -BeLike '*for y = 2*'
        $text | Should -BeLike '*slope 2(ŷ − y) = −6, error 9*'
        $text | Should -BeLike '*ŷ = 2x − 1*'
        $text | Should -BeLike '*MSE, the mean of their squares = 0*'
    }

    It 'is PlotPointsInvalid for points that make no line' -ForEach @(
        @{ Points = @{ X = 1, 2; Y = 1 } }
        @{ Points = @{ X = 1, 2 } }
    ) {
        Test-Refusal { Export-LossCurvePlot "$TestDrive/e.png" @Points } 'PlotPointsInvalid' 'InvalidArgument'
    }

    It 'refuses points with a comma without -Culture' {
        $points = @{ X = '1,5', '2,5', '3'; Y = 1, 2, 3 }
        Test-CommaRefusal { Export-LossCurvePlot "$TestDrive/e.png" @points } '1,5'
        Export-LossCurvePlot "$TestDrive/c.svg" @points -Culture (Get-CommaCulture) | Should -Exist
    }
}
