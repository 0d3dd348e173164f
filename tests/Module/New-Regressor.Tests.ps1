#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    . "$PSScriptRoot/PlotHelper.ps1"
    $silent = @{
        ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems'
        WarningAction = 'SilentlyContinue'; WarningVariable = 'warnings'
    }
}

Describe 'New-Regressor' {
    BeforeAll {
        # A price by size and colour, with a blank size in every ninth row.
        $rows = foreach ($i in 0..119) {
            $size = $i * 37 % 101
            $colour = ('red', 'green', 'blue')[$i % 3]
            [pscustomobject] @{
                size   = $i % 9 ? "$size" : ''
                colour = $colour
                price  = 1000 + 5 * $size + @{ red = 0; green = 50; blue = -80 }[$colour] + $i % 5
            }
        }
        $result = $rows | New-Regressor -TargetProperty price -Path "$TestDrive/p.onnx" @silent
        $problems | Should -BeNullOrEmpty
    }

    It 'learns, tests and describes a table' {
        $result.GetType().FullName | Should -BeExactly OnnxDeep.RegressorResult
        $result.Task | Should -BeExactly regression
        $result.Target | Should -BeExactly price
        $result.Model | Should -BeExactly (Join-Path $TestDrive p.onnx)
        $result.TrainRows, $result.TestRows | Should -Be 84, 36
        $result.Features | Should -BeExactly size, colour
        $result.Columns.Name | Should -BeExactly size, colour
        $result.Candidates | Should -HaveCount 3
        $result.R2 | Should -BeGreaterThan 0.7
        $result.Report | Should -BeLikeExactly "R2 * $($result.R2.ToString('F4', [cultureinfo]::InvariantCulture))*"
        $result.History.Epochs[0].Accuracy | Should -Be $null
        $result.Residuals | Should -HaveCount 36
        $result.Skipped | Should -BeNullOrEmpty
    }

    It 'reports the figures of Measure-Regression on its residuals' {
        $measure = $result.Residuals | Measure-Regression

        $measure.R2, $measure.MAE, $measure.RMSE | Should -Be $result.R2, $result.MAE, $result.RMSE
        $measure.Report | Should -BeExactly $result.Report
        foreach ($row in $result.Residuals) {
            $row.Residual | Should -Be ($row.Actual - $row.Prediction)
            $row.Actual | Should -Be $rows[[int] $row.Row.Split(' ')[1] - 1].price
        }
    }

    It 'writes a model that predicts in the unit of the target' {
        $model = Get-OnnxModel "$TestDrive/p.onnx"

        $model.Outputs.Name | Should -BeExactly prediction
        $model.Metadata['task'] | Should -BeExactly regression
        $model.Metadata['label_name'] | Should -BeExactly price
        foreach ($row in $result.Residuals) {
            $source = $rows[[int] $row.Row.Split(' ')[1] - 1]
            $size = $source.size ? [float] $source.size : [float]::NaN
            $answer = Invoke-OnnxModel "$TestDrive/p.onnx" @{ features = , @($size); texts = , @($source.colour) }
            [Math]::Abs(@($answer.prediction | ForEach-Object { $_ })[0] - $row.Prediction) | Should -BeLessThan 0.001
        }
    }

    It 'is applied to rows by Invoke-Classifier' {
        $answers = @($rows | Select-Object colour, size | Invoke-Classifier -Model "$TestDrive/p.onnx")

        $answers | Should -HaveCount 120
        foreach ($row in $result.Residuals) {
            $answer = $answers[[int] $row.Row.Split(' ')[1] - 1]
            [Math]::Abs($answer.Prediction - $row.Prediction) | Should -BeLessThan 0.001
        }
    }

    It 'takes the median with MeanAbsoluteError' {
        $odd = foreach ($i in 1..60) { [pscustomobject] @{ x = $i % 4; y = $i % 5 ? 1 : 1000 } }
        $loss = @{ Hidden = 4; Seed = 3 }

        $mean = $odd | New-Regressor -TargetProperty y -Path "$TestDrive/a.onnx" @loss -WarningAction Ignore
        $median = $odd | New-Regressor -TargetProperty y -Loss MeanAbsoluteError -Path "$TestDrive/b.onnx" @loss `
            -WarningAction Ignore
        ($median.Residuals.Prediction | Measure-Object -Average).Average |
            Should -BeLessThan (($mean.Residuals.Prediction | Measure-Object -Average).Average - 25)
    }

    It 'writes the same file for the same seed' {
        $null = $rows | New-Regressor -TargetProperty price -Path "$TestDrive/other/p.onnx" -WarningAction Ignore
        (Get-FileHash "$TestDrive/other/p.onnx").Hash | Should -Be (Get-FileHash "$TestDrive/p.onnx").Hash
    }

    It 'cross-validates with figures for each fold and their spread' {
        $file = @{ Path = "$TestDrive/c.onnx" }
        $validation = ($rows | New-Regressor -TargetProperty price -CrossValidate 3 -Epochs 20 @file `
                -WarningAction Ignore).CrossValidation

        $validation.Folds | Should -HaveCount 3
        ($validation.Folds.Rows | Measure-Object -Sum).Sum | Should -Be 120
        $validation.Minimum | Should -BeLessOrEqual $validation.Mean
        $validation.Maximum | Should -BeGreaterOrEqual $validation.Mean
        $validation.All.Rows | Should -Be 120
    }

    It 'trains on all rows without a test' {
        $all = $rows | New-Regressor -TargetProperty price -TestFraction 0 -Epochs 5 -Path "$TestDrive/d.onnx" `
            -WarningAction Ignore

        $all.TrainRows, $all.TestRows | Should -Be 120, 0
        $all.R2 ?? $all.MAE ?? $all.Report | Should -Be $null
        $all.Residuals | Should -BeNullOrEmpty
    }

    It 'skips rows without a target and names them' {
        $gaps = @($rows) + [pscustomobject] @{ size = 1; colour = 'red'; price = '' } +
            [pscustomobject] @{ size = 1; colour = 'red'; price = 'NA' } +
            [pscustomobject] @{ size = 1; colour = 'red'; price = '12 EUR' } +
            [pscustomobject] @{ size = 1; colour = 'red'; price = [double]::PositiveInfinity } +
            [pscustomobject] @{ size = 1; colour = 'red'; price = 1e300 }
        $skipped = ($gaps | New-Regressor -TargetProperty price -Epochs 2 -Path "$TestDrive/e.onnx" @silent).Skipped

        $skipped.Example | Should -BeExactly 'row 121', 'row 122', 'row 123', 'row 124', 'row 125'
        $skipped[2].Detail | Should -BeExactly "The target 'price' is not a number."
        @($warnings.Message) -like 'Skipped 5 of 125 rows, such as row 121:*' | Should -HaveCount 1
    }

    It 'reads typed targets as they are, and text by -Culture' {
        $both = foreach ($i in 1..20) { [pscustomobject] @{ x = $i; y = $i % 2 ? $i + 0.5 : "$i,5" } }
        $culture = @{ Culture = Get-CommaCulture }
        $read = $both | New-Regressor -TargetProperty y -Epochs 2 -Path "$TestDrive/f.onnx" @culture

        foreach ($row in $read.Residuals) {
            $row.Actual | Should -Be ([int] $row.Row.Split(' ')[1] + 0.5)
        }
        Test-CommaRefusal { $both | New-Regressor -TargetProperty y -Path "$TestDrive/g.onnx" } '2,5'
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'text'; Id = 'TargetNotNumeric'; Like = "*'colour' is not a number in 120 of 120 rows*'red' in row 1*"
            Target = 'colour'; Row = { $rows } }
        @{ What = 'dates'; Id = 'TargetNotNumeric'; Like = '*the days since a date*'; Target = 'day'; Row = {
                1..20 | ForEach-Object { [pscustomobject] @{ a = $_ % 7; day = [datetime]::new(2026, 1, $_) } } } }
        @{ What = 'true and false'; Id = 'TargetNotNumeric'; Like = '*train a classifier*'; Target = 'y'; Row = {
                1..20 | ForEach-Object { [pscustomobject] @{ a = $_ % 7; y = $_ % 2 -eq 0 } } } }
        @{ What = 'a constant'; Id = 'TargetConstant'; Like = '*is 5 in all 20 rows*'; Target = 'y'; Row = {
                1..20 | ForEach-Object { [pscustomobject] @{ a = $_ % 7; y = 5 } } } }
        @{ What = 'numbers that 32-bit floats cannot tell apart'; Id = 'TargetTooFine'; Like = '*Subtract a constant*'
            Target = 'y'; Row = { 1..20 | ForEach-Object { [pscustomobject] @{ a = $_ % 7; y = 1e9 + $_ } } } }
        @{ What = 'four rows'; Id = 'TooFewExamples'; Like = '*4 usable rows*at least 5*'; Target = 'y'; Row = {
                1..4 | ForEach-Object { [pscustomobject] @{ a = $_ % 3; y = $_ } } } }
        @{ What = 'a misspelt target'; Id = 'PropertyNotFound'; Like = "*'prise'*-TargetProperty*"; Target = 'prise'
            Row = { $rows } }
    ) {
        $path = "$TestDrive/refused.onnx"
        $failure = Get-Failure { & $Row | New-Regressor -TargetProperty $Target -Path $path -WarningAction Ignore }

        $failure.FullyQualifiedErrorId.Split(',')[0] | Should -BeExactly $Id
        $failure.Exception.Message | Should -BeLikeExactly $Like
        $path | Should -Not -Exist
    }

    It 'keeps an existing regressor.onnx unless -Force is specified' {
        Push-Location (New-Item "$TestDrive/here" -ItemType Directory)
        try {
            $few = $rows | Select-Object -First 20
            $null = $few | New-Regressor -TargetProperty price -Epochs 1 -WarningAction Ignore
            (Get-Failure { $few | New-Regressor -TargetProperty price -Epochs 1 }).FullyQualifiedErrorId |
                Should -BeLikeExactly 'FileExists,*'
            $null = $few | New-Regressor -TargetProperty price -Epochs 1 -Force -WarningAction Ignore
        }
        finally {
            Pop-Location
        }
    }

    It 'writes nothing with -WhatIf' {
        $rows | New-Regressor -TargetProperty price -Path "$TestDrive/none.onnx" -WhatIf -WarningAction Ignore |
            Should -BeNullOrEmpty
        "$TestDrive/none.onnx" | Should -Not -Exist
    }

    It 'is drawn and reported' {
        Get-SvgText ($result | Export-ResidualPlot "$TestDrive/r.svg") | Should -BeLikeExactly '*36 rows*'
        Get-SvgText ($result | Export-LossPlot "$TestDrive/l.svg") | Should -Not -BeLike '*accuracy*'
        $page = $result | Export-TrainingReport "$TestDrive/r.html" | Get-Content -Raw

        foreach ($part in '<dt>R²</dt>', 'Mean absolute error', 'Residuals', 'Training rows', 'largest absolute') {
            $page.Contains($part) | Should -BeTrue -Because $part
        }
        $page | Should -Not -BeLike '*accuracy*'
        [regex]::Matches($page, 'data:image/svg\+xml;base64,') | Should -HaveCount 4
    }
}
