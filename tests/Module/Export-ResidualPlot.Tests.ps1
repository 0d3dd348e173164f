#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    . "$PSScriptRoot/PlotHelper.ps1"
}

Describe 'Export-ResidualPlot' {
    BeforeAll {
        $rows = 1..12 | ForEach-Object { [pscustomobject] @{ Prediction = $_; Actual = $_ + $_ % 3 } }
    }

    It 'draws <What>, in any size and theme' -ForEach @(
        @{ What = 'rows'; Draw = { param($more) $rows | Export-ResidualPlot @more } }
        @{ What = 'the residuals of a result'; Draw = {
                param($more) [pscustomobject] @{ Residuals = $rows } | Export-ResidualPlot @more } }
    ) {
        Test-Picture $Draw
    }

    It 'shows the figures of <What>' -ForEach @(
        @{ What = 'an argument'; Script = { Export-ResidualPlot "$TestDrive/r.svg" $rows } }
        @{ What = 'a CSV with columns of its own'; Script = {
                'guess,price', '1,2', '2,4', '3,3' | ConvertFrom-Csv |
                    Export-ResidualPlot "$TestDrive/r.svg" -PredictedProperty guess -ActualProperty price } }
    ) {
        $text = Get-SvgText (& $Script)

        foreach ($part in 'Residuals y − ŷ', 'MAE 1, RMSE ', 'R² = ', ' rows', 'predicted ŷ', 'actual y') {
            $text.Contains($part) | Should -BeTrue -Because $part
        }
    }

    It 'skips a row without a number, says so and draws the others' {
        $problems = @()
        $file = @($rows) + [pscustomobject] @{ Prediction = 'x'; Actual = 1 } | Export-ResidualPlot `
            "$TestDrive/s.svg" -ErrorAction SilentlyContinue -ErrorVariable problems -WarningAction SilentlyContinue

        $problems.FullyQualifiedErrorId | Should -BeLikeExactly 'NotANumber,*'
        Get-SvgText $file | Should -BeLikeExactly '*, 12 rows*'
    }

    It 'refuses <Id>' -ForEach @(
        @{ Id = 'PropertyNotFound'; Category = 'ObjectNotFound'; Script = {
                @{ a = 1 } | Export-ResidualPlot "$TestDrive/e.png" } }
        @{ Id = 'NothingToMeasure'; Category = 'InvalidData'; Script = {
                [pscustomobject] @{ Residuals = @() } | Export-ResidualPlot "$TestDrive/e.png" } }
        @{ Id = 'PlotPointsInvalid'; Category = 'InvalidArgument'; Script = {
                @{ Predicted = 1e300; Actual = 1 } | Export-ResidualPlot "$TestDrive/e.png" } }
    ) {
        Test-Refusal $Script $Id $Category
    }
}
