#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"

    $rows = foreach ($i in 0..79) {
        $size = $i % 10
        [pscustomobject] @{
            noise = ($i * 7) % 11; size = $size; twin = 2 * $size; colour = ('red', 'blue')[$i % 2]
            kind = $size -gt 4 ? 'big' : 'small'
        }
    }
    $silent = @{ WarningAction = 'SilentlyContinue' }
    $null = $rows | Select-Object noise, size, colour, kind |
        New-Classifier -LabelProperty kind -Path "$TestDrive/kind.onnx" @silent
}

Describe 'Get-FeatureImportance' {
    It 'measures each column, the most important first' {
        $found = $rows | Get-FeatureImportance "$TestDrive/kind.onnx"

        $found.Feature | Sort-Object | Should -BeExactly colour, noise, size
        $found[0].Feature | Should -BeExactly size
        $found[0].Importance | Should -BeGreaterThan 0.3
        $found[0].Drops | Should -HaveCount 10
        $mean = ($found[0].Drops | Measure-Object -Average).Average
        [Math]::Abs($found[0].Importance - $mean) | Should -BeLessThan 1e-12
        $found[1].Importance | Should -BeLessThan 0.1
        $found[0].Metric | Should -Be Accuracy
        $answers = $rows | Invoke-Classifier "$TestDrive/kind.onnx" -PassThru
        $found[0].Score | Should -Be (@($answers | Where-Object { $_.Label -eq $_.kind }).Count / 80)
    }

    It 'gives the same numbers for the same seed' {
        $one = $rows | Get-FeatureImportance "$TestDrive/kind.onnx" -Metric LogLoss -Repeats 3
        $two = $rows | Get-FeatureImportance "$TestDrive/kind.onnx" -Metric LogLoss -Repeats 3
        $three = $rows | Get-FeatureImportance "$TestDrive/kind.onnx" -Metric LogLoss -Repeats 3 -Seed 7

        $one.Importance | Should -Be $two.Importance
        "$($one[0].Drops)" | Should -Not -Be "$($three[0].Drops)"
        $one[0].Score | Should -BeLessThan 0
    }

    It 'measures some columns, with the truth in another property' {
        $others = $rows | Select-Object *, @{ Name = 'truth'; Expression = { $_.kind } } -ExcludeProperty kind
        $found = $others | Get-FeatureImportance "$TestDrive/kind.onnx" -Feature SIZE -LabelProperty truth

        $found.Feature | Should -BeExactly size
    }

    It 'warns of columns with nearly the same values, and of rows without a class of the model' {
        $null = $rows | New-Classifier -LabelProperty kind -Path "$TestDrive/twin.onnx" @silent
        $more = @($rows) + ($rows[0] | Select-Object * -ExcludeProperty kind |
                Add-Member kind huge -PassThru)
        $null = $more | Get-FeatureImportance "$TestDrive/twin.onnx" -Repeats 2 -WarningVariable warnings 3> $null

        $warnings[0] | Should -BeLikeExactly '1 of 81 rows has no class of the model in ''kind''*'
        $warnings[1] | Should -BeLikeExactly "'size' and 'twin' have nearly the same values*"
    }

    It 'shows importance and spread in the table, and as a picture' {
        $found = $rows | Get-FeatureImportance "$TestDrive/kind.onnx" -Repeats 3
        ($found | Format-Table | Out-String -Width 80) | Should -BeLike '*size*Accuracy*'
        ($found | ConvertTo-Csv | ConvertFrom-Csv)[0].Feature | Should -BeExactly size
        $found | Export-FeaturePlot "$TestDrive/importance.svg" | Should -Exist
    }

    It 'is <Id> for <What>' -ForEach @(
        @{ Id = 'PropertyNotFound'; What = 'a misspelt label'; Script = {
                $rows | Get-FeatureImportance "$TestDrive/kind.onnx" -LabelProperty kid } }
        @{ Id = 'MetricUnfit'; What = 'a score of numbers'; Script = {
                $rows | Get-FeatureImportance "$TestDrive/kind.onnx" -Metric R2 } }
        @{ Id = 'FeatureNotFound'; What = 'an unknown column'; Script = {
                $rows | Get-FeatureImportance "$TestDrive/kind.onnx" -Feature age } }
        @{ Id = 'TooFewRows'; What = 'one row'; Script = {
                $rows[0] | Get-FeatureImportance "$TestDrive/kind.onnx" } }
        @{ Id = 'ColumnsUnknown'; What = 'a model that does not name its columns'; Script = {
                $rows | Get-FeatureImportance noise } }
        @{ Id = 'LabelNameUnknown'; What = 'a model that does not name its label'; Script = {
                Copy-Item "$TestDrive/kind.onnx" "$TestDrive/nameless.onnx" -Force
                Set-OnnxModelMetadata "$TestDrive/nameless.onnx" -Remove label_name
                $rows | Get-FeatureImportance "$TestDrive/nameless.onnx" } }
    ) {
        (Get-Failure $Script).FullyQualifiedErrorId.Split(',')[0] | Should -BeExactly $Id
    }
}
