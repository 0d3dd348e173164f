#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    $by = 'OnnxDeep.PowerShell.Cmdlets.GetLossCurveCommand'
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

    It 'lays the tangent at 3' {
        $tangent = Get-LossCurve -TangentAt 3

        $tangent.Slope, $tangent.Intercept, $tangent.SquaredError | Should -Be 4, -8, 4
        $tangent.Equation | Should -Be '4 * predicted - 8'
        (0, 1, 2 | Get-LossCurve -TangentAt { $_ } -ErrorAction SilentlyContinue).Slope | Should -Be -2, 0, 2
    }

    It 'finds the minimum at the truth' {
        (Get-LossCurve -Minimum).Predicted | Should -Be 1
        (Get-LossCurve -Minimum -Actual -3).Predicted | Should -Be -3
        (Get-LossCurve -Minimum).Derivative | Should -Be 0
    }

    It 'is RangeInvalid where the ends are the wrong way round' {
        { Get-LossCurve -From 2 -To 1 } | Should -Throw -ErrorId "RangeInvalid,$by"
    }
}
