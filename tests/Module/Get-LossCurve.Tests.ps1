#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    $by = 'OnnxDeep.PowerShell.Notebook.GetLossCurveCommand'
}

Describe 'Get-LossCurve' {
    It 'gives the notebook''s curve' {
        $points = Get-LossCurve

        $points | Should -HaveCount 25
        $points[0].Predicted, $points[-1].Predicted | Should -Be -2, 4
        foreach ($point in $points) {
            $point.SquaredError | Should -Be ((1 - $point.Predicted) * (1 - $point.Predicted))
            $point.Derivative | Should -Be (2 * $point.Predicted - 2)
        }
    }

    It 'gives -Count points -From one -To another' {
        $points = Get-LossCurve -From 0 -To 3 -Count 4

        $points.Predicted | Should -Be 0, 1, 2, 3
        $points.SquaredError | Should -Be 1, 0, 1, 4
        $points.Derivative | Should -Be -2, 0, 2, 4
    }

    It 'lays the tangent at 3' {
        $tangent = Get-LossCurve -TangentAt 3

        $tangent.Slope, $tangent.Intercept, $tangent.SquaredError | Should -Be 4, -8, 4
        $tangent.Predicted | Should -Be 3
        $tangent.Equation | Should -BeExactly '4 * predicted - 8'
        (0, 1, 2 | Get-LossCurve -TangentAt { $_ } -ErrorAction SilentlyContinue).Slope | Should -Be -2, 0, 2
    }

    It 'finds the minimum at the truth' {
        (Get-LossCurve -Minimum).Predicted | Should -Be 1
        (Get-LossCurve -Minimum -Actual -3).Predicted | Should -Be -3
        (Get-LossCurve -Minimum).Derivative | Should -Be 0
        (Get-LossCurve -Minimum).Slope, (Get-LossCurve -Minimum).Intercept | Should -Be $null, $null
    }

    It 'is RangeInvalid from <From> to <To>' -ForEach @{ From = 3; To = 1 }, @{ From = [double]::NaN; To = 4 } {
        { Get-LossCurve -From $From -To $To } | Should -Throw -ErrorId "RangeInvalid,$by"
    }

    It 'refuses a comma without -Culture' {
        Test-CommaRefusal { '1,5' | Get-LossCurve } '1,5'
        ('1,5' | Get-LossCurve -Culture (Get-CommaCulture)).Predicted | Should -Be 1.5
    }
}
