#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    . "$PSScriptRoot/TinyModel.ps1"
    $by = 'OnnxDeep.PowerShell.Classifiers.InvokeClassifierCommand'
    $quiet = @{ WarningVariable = 'warnings'; WarningAction = 'SilentlyContinue' }

    # A model of one operator that takes columns of numbers.
    function Write-RowModel([string] $Path, [string] $Operator, [string[]] $Column, [hashtable] $Metadata = @{}) {
        Write-TinyModel $Path $Operator @('N', $Column.Count)
        $columns = $Column | ForEach-Object {
            @{ name = $_; kind = 'number'; fill = 5; mean = 0; scale = 1; minimum = -10; maximum = 10 }
        }
        $Metadata.columns = ConvertTo-Json @($columns) -Compress
        $null = Set-OnnxModelMetadata $Path $Metadata
    }

    # The scores of the numbers a, b and c are their exponentials, as shares of the sum.
    $three = "$TestDrive/three.onnx"
    Write-RowModel $three Softmax a, b, c @{ labels = '["ant","bee","cat"]'; task = 'classification' }
    $two = "$TestDrive/two.onnx"
    Write-RowModel $two Sigmoid x @{ labels = '["no","yes"]'; task = 'classification' }
    $number = "$TestDrive/number.onnx"
    Write-RowModel $number Neg x @{ task = 'regression' }

    function Get-Share([double[]] $Number) {
        $powers = $Number | ForEach-Object { [Math]::Exp($_) }
        $sum = ($powers | Measure-Object -Sum).Sum
        $powers | ForEach-Object { $_ / $sum }
    }

    class OwnRow {
        [int] $A
        [double] $B
        [decimal] $C
    }
}

Describe 'Invoke-Classifier' {
    It 'takes columns by their names, whatever their order and case, and returns the class with its scores' {
        $rows = [pscustomobject] @{ C = 2; other = 'x'; b = 1; A = 0.5 }, [pscustomobject] @{ a = 3; b = 1; c = 0 }
        $answers = $rows | Invoke-Classifier $three

        $answers | Should -HaveCount 2
        $answers[0].PSTypeNames[0] | Should -BeExactly OnnxDeep.ClassifiedRow
        $answers.Label | Should -BeExactly cat, ant
        $expected = Get-Share 0.5, 1, 2
        $answers[0].Scores.Keys | Should -BeExactly ant, bee, cat
        foreach ($i in 0..2) {
            [Math]::Abs(@($answers[0].Scores.Values)[$i] - $expected[$i]) | Should -BeLessThan 1e-6
        }
        $answers[0].Probability | Should -Be $answers[0].Scores['cat']
        $answers[1].Model, $answers[1].Provider | Should -BeExactly three, CPU
    }

    It 'takes <Name>' -ForEach @(
        @{ Name = 'hashtables'; Row = { @{ c = 2; B = 1; a = 0.5 } } }
        @{ Name = 'dictionaries that know case'; Row = { '{"C":2,"b":1,"A":0.5}' | ConvertFrom-Json -AsHashtable } }
        @{ Name = 'objects of .NET'; Row = { [OwnRow] @{ A = 0; B = 1; C = 2 } } }
        @{ Name = 'text'; Row = { 'b,a,c', '1.0,5e-1,2' | ConvertFrom-Csv } }
        @{ Name = 'a list of rows'; Row = { , (, [pscustomobject] @{ a = 0.5; b = 1; c = 2 }) } }
        @{
            Name = 'rows of a data table'
            Row = {
                $table = [Data.DataTable]::new()
                'c', 'a', 'b' | ForEach-Object { $null = $table.Columns.Add($_, [double]) }
                $null = $table.Rows.Add(2, 0.5, 1)
                , $table
            }
        }
        @{
            # ImportExcel returns ordered objects with double and DateTime values.
            Name = 'rows of an Excel sheet'
            Row = {
                [pscustomobject] [ordered] @{ Date = [datetime] '2025-03-01'; a = 0.5; b = [double] 1; c = 2.0 }
            }
        }
    ) {
        $answer = & $Row | Invoke-Classifier $three
        $answer.Label | Should -BeExactly cat
        (Invoke-Classifier $three (& $Row)).Label | Should -BeExactly cat
    }

    It 'returns copies of the rows with their answers with -PassThru' {
        $rows = 'id,a,b,c', '7,1,0,0', '8,0,0,1' | ConvertFrom-Csv
        $answers = $rows | Invoke-Classifier $three -PassThru

        $answers[0].PSObject.Properties.Name | Should -BeExactly id, a, b, c, Label, Probability, Scores
        $answers.id | Should -BeExactly 7, 8
        $answers.Label | Should -BeExactly ant, cat
        $rows[0].PSObject.Properties.Name | Should -BeExactly id, a, b, c
        $csv = $answers | ConvertTo-Csv | ConvertFrom-Csv
        $csv.Label | Should -BeExactly ant, cat
        ($csv[0].Scores | ConvertFrom-Json).ant | Should -BeGreaterThan 0.5
    }

    It 'keeps the Label, Probability and Scores of a row, and says once where the answers are' {
        $rows = 'Label,Probability,Scores,Count,Length,a,b,c', 'mine,0.5,s,1,2,1,0,0', 'yours,1,t,3,4,0,0,1' |
            ConvertFrom-Csv
        $answers = $rows | Invoke-Classifier $three -PassThru @quiet

        $answers.Label | Should -BeExactly mine, yours
        $answers.PredictedLabel | Should -BeExactly ant, cat
        $answers.PredictedProbability | ForEach-Object { $_ | Should -BeGreaterThan 0.5 }
        $answers[1].PredictedScores.Count | Should -Be 3
        $answers | Select-Object -ExpandProperty Length | Should -BeExactly 2, 4
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLikeExactly '*Label, Probability, Scores*PredictedLabel, PredictedProbability*'
    }

    It 'can be measured, grouped and exported with the rows' {
        $rows = 'Label,a,b,c', 'ant,1,0,0', 'cat,0,0,1', 'cat,0,1,0' | ConvertFrom-Csv
        $answers = $rows | Invoke-Classifier $three -PassThru -WarningAction Ignore

        ($answers | Measure-Classification -Truth Label -WarningAction Ignore).Accuracy | Should -Be (2 / 3)
        ($answers | ConvertTo-Csv | ConvertFrom-Csv |
            Measure-Classification -Truth Label -WarningAction Ignore).Accuracy |
            Should -Be (2 / 3)
        $kinds = 'kind,a,b,c', 'ant,1,0,0', 'cat,0,0,1' | ConvertFrom-Csv
        ($kinds | Invoke-Classifier $three -PassThru |
            Measure-Classification -Truth kind -WarningAction Ignore).Accuracy | Should -Be 1
        $rows | Invoke-Classifier $three | Group-Object Label -NoElement | ForEach-Object Count |
            Should -Be 1, 1, 1
    }

    It 'stops with one error that lists the columns wanted and given if the first rows lack some' {
        $script:read = 0
        $rows = { 1..5 | ForEach-Object { $script:read++; [pscustomobject] @{ a = 1; bb = 2; z = 3 } } }
        $failure = Get-Failure { & $rows | Invoke-Classifier $three }

        $failure.FullyQualifiedErrorId | Should -BeExactly "ColumnsMissing,$by"
        $failure.CategoryInfo.Category | Should -Be ObjectNotFound
        $failure.Exception.Message | Should -BeLikeExactly (
            "*no property 'b', 'c'. The model takes the columns a, b, c; the row has: a, bb, z. " +
            "Did you mean 'bb' for 'b'?*")
        $script:read | Should -Be 2
        (Get-Failure { @{ a = 1 } | Invoke-Classifier $three }).FullyQualifiedErrorId |
            Should -BeExactly "ColumnsMissing,$by"
    }

    It 'answers the other rows if one lacks a column, has a wrong value or is none' {
        $good = @{ a = 1; b = 0; c = 0 }
        $written = @{ a = 1 }, $good, @{ a = 1; b = 2 }, @{ a = 'one'; b = 0; c = 0 }, 7, $null, $good |
            Invoke-Classifier $three -ErrorAction Continue 2>&1

        $written | ForEach-Object { $_ -is [Management.Automation.ErrorRecord] ? $_.FullyQualifiedErrorId : $_.Label } |
            Should -BeExactly @(
                "ColumnsMissing,$by", 'ant', "ColumnsMissing,$by", "CellInvalid,$by", "NotARow,$by", "NotARow,$by"
                'ant')
        $written[3].Exception.Message | Should -BeLikeExactly "Row 4 is skipped: 'a' has 'one', *not a finite number*"
        (Get-Failure { 'abc', 'def' | Invoke-Classifier $three }).Exception.Message |
            Should -BeLikeExactly "Item 1 is 'abc', a String, not a row.*a, b, c."
    }

    It 'returns the answers before an error under -ErrorAction Stop' {
        $answers = [Collections.ArrayList]::new()
        {
            @{ x = 1 }, @{ x = -1 }, @{ x = 'text' }, @{ x = 2 } |
                Invoke-Classifier $two -BatchSize 100 -ErrorAction Stop |
                ForEach-Object { $answers.Add($_.Label) }
        } | Should -Throw -ErrorId "CellInvalid,$by"
        $answers | Should -BeExactly yes, no
    }

    It 'answers the rows beside one whose answer is not finite' {
        $problems = $null
        $answers = @{ x = 1 }, @{ x = 'inf' }, @{ x = -1 } |
            Invoke-Classifier $two -ErrorVariable problems -ErrorAction SilentlyContinue
        $answers.Label | Should -BeExactly yes, no
        $problems.FullyQualifiedErrorId | Should -BeExactly "CellInvalid,$by"

        Write-RowModel "$TestDrive/log.onnx" Log x @{ task = 'regression' }
        $answers = @{ x = 1 }, @{ x = -1 }, @{ x = 1 } |
            Invoke-Classifier "$TestDrive/log.onnx" -ErrorVariable problems -ErrorAction SilentlyContinue
        $answers.Prediction | Should -Be 0, 0
        $problems.FullyQualifiedErrorId | Should -BeExactly "ModelOutputMismatch,$by"
    }

    It 'moves the threshold of two classes, and refuses one for others' {
        $row = @{ x = 0.5 }
        ($row | Invoke-Classifier $two).Label | Should -BeExactly yes
        $strict = $row | Invoke-Classifier $two -Threshold 0.9
        $strict.Label | Should -BeExactly no
        $strict.Probability | Should -Be $strict.Scores['no']
        (Get-Failure { $row | Invoke-Classifier $two -Threshold 1.5 }).FullyQualifiedErrorId |
            Should -BeExactly "ThresholdOutOfRange,$by"
        (Get-Failure { @{ a = 1 } | Invoke-Classifier $three -Threshold 0.9 }).FullyQualifiedErrorId |
            Should -BeExactly "ThresholdUnfit,$by"
        (Get-Failure { $row | Invoke-Classifier $number -Threshold 0.9 }).FullyQualifiedErrorId |
            Should -BeExactly "ThresholdUnfit,$by"
    }

    It 'returns the prediction of a model of numbers' {
        $answer = @{ x = 2.5 } | Invoke-Classifier $number
        $answer.PSTypeNames[0] | Should -BeExactly OnnxDeep.PredictedRow
        $answer.Prediction | Should -Be -2.5
        $row = [pscustomobject] @{ x = 2; Prediction = 'mine' } | Invoke-Classifier $number -PassThru @quiet
        $row.Prediction | Should -BeExactly mine
        $row.PredictedValue | Should -Be -2
        "$warnings" | Should -BeLikeExactly '*property Prediction, which is kept*PredictedValue.'
    }

    It 'reads numbers in the culture that -Culture specifies, and refuses commas that are not clear' {
        ('x', '"1,5"' | ConvertFrom-Csv | Invoke-Classifier $number -Culture (Get-CommaCulture)).Prediction |
            Should -Be -1.5
        $failure = Get-Failure { 'x', '"1,5"' | ConvertFrom-Csv | Invoke-Classifier $number }
        $failure.FullyQualifiedErrorId | Should -BeExactly "CellInvalid,$by"
        $failure.Exception.Message | Should -BeLikeExactly "*'1,5'*decimal comma*"
    }

    It 'warns once of missing values that the training did not have, and of numbers far outside its range' {
        $rows = 1..40 | ForEach-Object { [pscustomobject] @{ x = $_ -le 3 ? 100 : 1 } }
        $answers = $rows + [pscustomobject] @{ x = '' } | Invoke-Classifier $two @quiet

        $answers[-1].Probability | Should -Be (@{ x = 5 } | Invoke-Classifier $two).Probability
        $warnings | Should -HaveCount 2
        "$($warnings[0])" | Should -BeLikeExactly "*missing*'x' in 1 of 41 rows."
        "$($warnings[1])" | Should -BeLikeExactly "*far outside*'x' in 3 of 41 rows (-10 to 10).*"
        $null = $rows[0..18] | Invoke-Classifier $two @quiet
        $warnings | Should -BeNullOrEmpty
    }

    It 'answers new rows as in the training: unknown texts alike, blank ones otherwise, and names the unknown ones' {
        $train = foreach ($i in 0..89) {
            $colour = ('red', 'green', 'blue')[$i % 3]
            [pscustomobject] @{ colour = $colour; code = '007', '07', '' | Select-Object -Index ($i % 7 % 3)
                size = $i % 5; kind = $colour -eq 'red' ? 'warm' : 'cold' }
        }
        $null = $train | New-Classifier -LabelProperty kind -Path "$TestDrive/c.onnx" -Epochs 30 -Hidden 8 @quiet
        $new = 'size,code,colour', '1,007,red', '1,007,purple', '1,007,mauve', '1,,green' | ConvertFrom-Csv
        $written = $new | Invoke-Classifier "$TestDrive/c.onnx" -PassThru -Verbose @quiet 4>&1
        $answers = $written | Where-Object { $_ -isnot [Management.Automation.VerboseRecord] }

        $answers[0].Label, $answers[3].Label | Should -BeExactly warm, cold
        $answers[1].Probability | Should -Be $answers[2].Probability
        "$warnings" | Should -BeLikeExactly "*'colour' in 2 of 4 rows*"
        "$written" | Should -BeLikeExactly "*Unknown in 'colour': mauve (1), purple (1).*"
        ($train | Invoke-Classifier "$TestDrive/c.onnx" -PassThru @quiet |
            Measure-Classification -Truth kind).Accuracy | Should -Be 1
    }

    It 'does what Test-Word does with a word model' {
        $rows = 'Word,Price', 'salad,3', 'laptop,900' | ConvertFrom-Csv
        ($rows | Invoke-Classifier food).Label | Should -BeExactly food, 'not food'
        ('salad', 'laptop' | Invoke-Classifier food-words).Label | Should -BeExactly food, 'not food'
        ($rows | Invoke-Classifier food -PassThru -WordProperty Word).Price | Should -BeExactly 3, 900
        $failure = Get-Failure { 'salad' | Invoke-Classifier food -Vectors nosuch }
        $failure.FullyQualifiedErrorId | Should -BeExactly "VectorsNotFound,$by"
        $null = 'salad' | Invoke-Classifier food -Culture (Get-CommaCulture) @quiet
        "$warnings" | Should -BeLikeExactly '-Culture is not used*takes words.'
        $null = @{ x = 1 } | Invoke-Classifier $two -SkipEmpty -WordProperty Word @quiet
        "$warnings" | Should -BeLikeExactly '-WordProperty and -SkipEmpty are not used*takes the columns of a table.'
    }

    It 'says what to do with a model that does not know its columns' {
        $failure = Get-Failure { @{ a = 1 } | Invoke-Classifier noise }
        $failure.FullyQualifiedErrorId | Should -BeExactly "ColumnsUnknown,$by"
        $failure.Exception.Message | Should -BeLikeExactly '*New-Classifier*Invoke-OnnxModel*'
    }

    It 'refuses a model whose columns do not fit its input' {
        Write-TinyModel "$TestDrive/odd.onnx" Softmax @('N', 4)
        $null = Set-OnnxModelMetadata "$TestDrive/odd.onnx" @{ columns = '[{"name":"a","kind":"number"}]' }
        $failure = Get-Failure { @{ a = 1 } | Invoke-Classifier "$TestDrive/odd.onnx" }
        $failure.FullyQualifiedErrorId | Should -BeExactly "ModelInputMismatch,$by"
        (Get-Failure { @{ a = 1 } | Invoke-Classifier "$TestDrive/none.onnx" }).FullyQualifiedErrorId |
            Should -BeExactly "ModelNotFound,$by"
    }

    It 'gives each row the same answer in any batch' {
        $rows = foreach ($i in 1..70) { @{ a = $i % 7 / 3; b = $i % 5 / 2; c = $i % 3 } }
        $alone = $rows | ForEach-Object { $_ | Invoke-Classifier $three }
        foreach ($size in 1, 7, 1000) {
            $answers = $rows | Invoke-Classifier $three -BatchSize $size
            $answers.Label | Should -BeExactly $alone.Label
            $answers.Probability | Should -Be $alone.Probability
        }
    }
}
