#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    $by = 'OnnxDeep.PowerShell.Classifiers.NewClassifierCommand'
    $rows = foreach ($i in 1..90) {
        [pscustomobject]@{ a = 1000 + $i % 3 * 10 + $i * 7 % 5; b = $i % 2 / 1000; note = 'text'; kind = "k$($i % 3)" }
    }
}

Describe 'New-Classifier' {
    It 'keeps an existing classifier.onnx that nobody named, and -Force and -Path overwrite it' {
        $null = New-Item "$TestDrive/default" -ItemType Directory
        Push-Location "$TestDrive/default"
        try {
            $first = $rows | New-Classifier -LabelProperty kind -Epochs 1 -WarningAction Ignore
            $hash = (Get-FileHash classifier.onnx).Hash
            $failure = Get-Failure { $rows | New-Classifier -LabelProperty kind -Epochs 2 }
            $kept = (Get-FileHash classifier.onnx).Hash
            $null = $rows | New-Classifier -LabelProperty kind -Epochs 3 -Force -WarningAction Ignore
            $forced = (Get-FileHash classifier.onnx).Hash
            $null = $rows | New-Classifier -LabelProperty kind -Epochs 1 -Path classifier.onnx -WarningAction Ignore
            $named = (Get-FileHash classifier.onnx).Hash
        }
        finally {
            Pop-Location
        }

        $first.Model | Should -Be (Get-Item "$TestDrive/default/classifier.onnx").FullName
        $failure.FullyQualifiedErrorId | Should -BeExactly "FileExists,$by"
        $failure.Exception.Message |
            Should -BeLikeExactly "*classifier.onnx' already exists. Use -Path to specify another*-Force*"
        $kept | Should -BeExactly $hash
        $forced | Should -Not -Be $hash
        $named | Should -BeExactly $hash
        Get-ChildItem "$TestDrive/default" -Force | Should -HaveCount 1
    }

    It 'keeps a classifier.onnx that appears during the training' {
        $null = New-Item "$TestDrive/race" -ItemType Directory
        Push-Location "$TestDrive/race"
        try {
            $failure = try {
                $rows | New-Classifier -LabelProperty kind -Epochs 1 -Verbose -WarningAction Ignore 4>&1 |
                    ForEach-Object { Set-Content classifier.onnx other }
            }
            catch { $_ }
        }
        finally {
            Pop-Location
        }

        $failure.FullyQualifiedErrorId | Should -BeExactly "FileExists,$by"
        $failure.Exception.Message | Should -BeLikeExactly '*-Force*'
        Get-Content "$TestDrive/race/classifier.onnx" | Should -BeExactly other
    }

    It 'warns once of the classes that it never predicts, and of those that a part lacks' {
        $skewed = foreach ($i in 1..200) {
            [pscustomobject] @{ a = $i % 7; k = $i -le 188 ? 'most' : $i -le 194 ? 'few' : 'rare' }
        }
        $result = $skewed | New-Classifier -LabelProperty k -Path "$TestDrive/skewed.onnx" -WarningVariable warnings `
            -WarningAction SilentlyContinue

        $result.Confusion.Predicted(0), $result.Confusion.Predicted(2) | Should -Be 0, 0
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLikeExactly "The classes 'few', 'rare' are never predicted for the test examples.*"

        $null = $skewed | New-Classifier -LabelProperty k -Path "$TestDrive/skewed.onnx" -TestFraction 0.985 `
            -Recipe Notebook -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLikeExactly "*'few', 'rare' are missing from the training examples*"
    }

    It 'warns of a class without a <Part> example' -ForEach @(
        @{ Part = 'test'; Settings = @{ Recipe = 'Notebook'; TestFraction = 0.05 } }
        @{ Part = 'validation'; Settings = @{ Epochs = 5; EarlyStopping = $true } }
    ) {
        $table = foreach ($i in 1..100) { [pscustomobject] @{ a = $i % 9; k = $i -le 96 ? "k$($i % 2)" : 'rare' } }
        $null = $table | New-Classifier -LabelProperty k -Path "$TestDrive/part.onnx" @Settings `
            -WarningVariable warnings -WarningAction SilentlyContinue

        "$warnings" | Should -BeLikeExactly "*The class 'rare' is missing from the $Part examples*"
    }

    It 'writes some of the epochs, the last one and the folds with -Verbose' {
        $lines = $rows | New-Classifier -LabelProperty kind -Path "$TestDrive/v.onnx" -Epochs 40 -CrossValidate 3 `
            -Verbose -WarningAction Ignore 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] }

        $lines -match '^Epoch ' | Should -HaveCount 21
        $lines -match '^Last epoch 40 of 40, loss \d\.\d{4}, accuracy ' | Should -HaveCount 1
        $lines -match '^The weights are those of epoch 40\.' | Should -HaveCount 1
        $lines -match '^Fold [1-3] of 3: accuracy ' | Should -HaveCount 3
    }

    It 'chooses among candidates unless a setting of the training is specified' {
        $settings = @{ LabelProperty = 'kind'; Path = "$TestDrive/c.onnx"; Verbose = $true; WarningAction = 'Ignore' }
        $output = $rows | New-Classifier @settings 4>&1
        $result = $output[-1]

        $result.Candidates | Should -HaveCount 3
        $chosen = $result.Candidates | Where-Object IsChosen
        $chosen.Loss | Should -Be ($result.Candidates.Loss | Measure-Object -Minimum).Minimum
        $result.Network | Should -BeIn '2-3', '2-64-3'
        "$output" | Should -BeLikeExactly "*$($chosen.Candidate): loss *, chosen.*"
        (Get-OnnxModel "$TestDrive/c.onnx").Metadata['training'] | Should -BeLikeExactly "*$($chosen.Candidate)*"
        $hash = (Get-FileHash "$TestDrive/c.onnx").Hash
        $null = $rows | New-Classifier @settings 4>$null
        (Get-FileHash "$TestDrive/c.onnx").Hash | Should -BeExactly $hash
        ($rows | New-Classifier @settings -BatchSize 8 4>$null).Candidates | Should -HaveCount 0
    }

    It 'compares more ways with -Tune, but not with a setting that it chooses' {
        $few = $rows | Select-Object -First 30
        $result = $few | New-Classifier -LabelProperty kind -Path "$TestDrive/u.onnx" -Tune -WarningAction Ignore
        $result.Candidates | Should -HaveCount 13
        foreach ($setting in @{ Hidden = 3 }, @{ Recipe = 'Notebook' }, @{ Continue = 'noise' }) {
            $failure = Get-Failure {
                $few | New-Classifier -LabelProperty kind -Path "$TestDrive/u.onnx" -Tune @setting
            }
            $failure.FullyQualifiedErrorId | Should -BeExactly "TunesSetting,$by"
        }
    }

    It 'shows Confusion and History as tables of at most 80 columns' {
        $result = $rows | New-Classifier -LabelProperty kind -Path "$TestDrive/t.onnx" -Hidden 5 -WarningAction Ignore
        $confusion = $result.Confusion | Out-String -Width 80
        $history = $result.History | Out-String -Width 80

        ($confusion.Trim() -split '\r?\n')[0] | Should -MatchExactly '^Truth +k0 +k1 +k2$'
        $confusion.Trim() -split '\r?\n' | Should -HaveCount 4
        ($history.Trim() -split '\r?\n')[0] | Should -MatchExactly '^Epoch +Loss +Accuracy +ValidationLoss +Validation'
        $history | Should -BeLikeExactly "*those of epoch $($result.History.BestEpoch) of*"
        $confusion, $history, ($result.History.Epochs | Out-String -Width 80) -split '\r?\n' |
            ForEach-Object Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 80
        $result.Confusion.Labels | Should -BeExactly k0, k1, k2
    }

    It 'names a property of <Parameter> that no row has, and those that there are, before it trains' -ForEach @(
        @{ Parameter = '-LabelProperty'; Named = @{ LabelProperty = 'kid' }; Text = "'kid'*Did you mean 'kind'? " }
        @{ Parameter = '-Feature'; Named = @{ LabelProperty = 'kind'; Property = 'a', 'width' }; Text = "'width'*" }
        @{ Parameter = '-ExcludeFeature'; Text = "'c' or 'd'*"
            Named = @{ LabelProperty = 'kind'; ExcludeFeature = 'a', 'c', 'd' } }
    ) {
        # Rows may differ, so the last ones count too.
        $failure = Get-Failure { $rows | New-Classifier @Named -Path "$TestDrive/no.onnx" }

        $failure.FullyQualifiedErrorId | Should -BeExactly "PropertyNotFound,$by"
        $failure.Exception.Message | Should -BeLikeExactly "*no property $Text*Use $Parameter to*"
        $failure.Exception.Message | Should -BeLikeExactly '*; it has: a, b, note, kind.*'
        "$TestDrive/no.onnx" | Should -Not -Exist
    }

    It 'does not overwrite a model that appears after the command has begun with -NoClobber' {
        $path = "$TestDrive/race.onnx"
        $failure = Get-Failure {
            & { Set-Content $path other; $rows } | New-Classifier -LabelProperty kind -Epochs 1 -Path $path -NoClobber }

        $failure.FullyQualifiedErrorId | Should -BeExactly "FileExists,$by"
        Get-Content $path | Should -BeExactly other
    }

    It 'takes rows of which only some have a property' {
        $mixed = @([pscustomobject] @{ b = 1 }) + $rows
        $result = $mixed | New-Classifier -LabelProperty kind -Feature a, b -Epochs 1 -Path "$TestDrive/mixed.onnx" `
            -WarningAction Ignore

        $result.Skipped.Example | Should -BeExactly 'row 1'
        $result.TrainRows + $result.TestRows | Should -Be 90
    }

    It 'learns from the columns of numbers of a CSV' {
        $rows | Export-Csv "$TestDrive/rows.csv"
        $result = Import-Csv "$TestDrive/rows.csv" |
            New-Classifier -LabelProperty kind -Path "$TestDrive/rows.onnx" -Culture (Get-Culture) -Hidden 5

        $result.Features | Should -BeExactly a, b
        $result.Network | Should -BeExactly '2-5-3'
        $result.Accuracy | Should -BeGreaterThan 0.9
        $summary = Get-ModelSummary "$TestDrive/rows.onnx"
        $summary.Parameters, $summary.OtherParameters | Should -Be 37, 4 -Because 'mean and scale are stored too'
        $summary.Text | Should -BeLikeExactly '*Total params: 37 (148.00 B)*Params outside of dense layers: 4 of 37*'
        (Get-OnnxModel "$TestDrive/rows.onnx").Parameters | Should -Be 37
        (Trace-Network -Model "$TestDrive/rows.onnx" -InputObject 1021, 0).Label | Should -BeExactly k2
    }

    It 'sorts labels that are numbers by value' {
        $numbers = foreach ($i in 1..24) { [pscustomobject]@{ a = $i; kind = $i -le 12 ? 10 : 9 } }
        $result = $numbers | New-Classifier -LabelProperty kind -Path "$TestDrive/numbers.onnx" -Epochs 1

        $result.Labels | Should -BeExactly 9, 10
        (Get-OnnxModel "$TestDrive/numbers.onnx").Metadata['labels'] | Should -Match '9.*10'
    }

    It 'trains the notebook''s noise network in one call' {
        $noise = foreach ($i in 1..100) {
            [pscustomobject]@{
                a = Get-Random -Maximum 1.0
                b = Get-Random -Maximum 1.0
                c = Get-Random -Maximum 1.0
                y = Get-Random -Maximum 2
            }
        }
        $path = "$TestDrive/n.onnx"
        $result = $noise |
            New-Classifier -LabelProperty y -Activation Sigmoid -Recipe Notebook -BatchSize 10 -NoStandardize `
                -Path $path

        $result.Network | Should -BeExactly '3-5-1'
        $result.History.Epochs | Should -HaveCount 10
        $result.TrainRows, $result.TestRows | Should -Be 70, 30
        $result.Summary | Should -BeLikeExactly '*Total params: 26*'
    }

    It 'takes numbers that are text, whatever their size, and makes several layers' {
        $texts = foreach ($i in 1..60) {
            [pscustomobject]@{ a = "$(1000 + $i % 3 * 10 + ($i * 7) % 5)"; b = $i % 2; c = 'text'; kind = "k$($i % 3)" }
        }
        $result = $texts | New-Classifier -LabelProperty kind -Path "$TestDrive/texts.onnx" -Hidden 8, 4 -Epochs 60

        $result.Network | Should -BeExactly '2-8-4-3'
        $result.Features | Should -BeExactly a, b
        $result.Accuracy | Should -BeGreaterThan 0.9
        (Get-ModelSummary "$TestDrive/texts.onnx").Parameters | Should -Be (24 + 36 + 15 + 4)
    }

    It 'takes the columns and the layers that it is told' {
        $settings = @{ Property = 'a'; Hidden = 16, 8; Activation = 'Tanh'; Epochs = 5 }
        $result = $rows | New-Classifier -LabelProperty kind @settings -Path "$TestDrive/d.onnx"

        $result.Network | Should -BeExactly '1-16-8-3'
        $result.History.Epochs | Should -HaveCount 5
    }

    It 'lists the skipped rows with -Missing Skip' {
        $bad = [pscustomobject]@{ a = ''; b = 1; kind = 'k1' }, [pscustomobject]@{ a = 1; b = 1; kind = '' }
        $result = $rows + $bad |
            New-Classifier -LabelProperty kind -Epochs 1 -Path "$TestDrive/s.onnx" -WarningAction Ignore -Missing Skip

        $result.Skipped.Example | Should -BeExactly 'row 91', 'row 92'
        [string[]] $result.Skipped.Reason | Should -BeExactly Invalid, NoLabel
    }

    It 'is NoFeatures for <Script>, and writes nothing' -ForEach @(
        @{ Script = {
                [pscustomobject]@{ kind = 'x'; text = 'y' } |
                    New-Classifier -LabelProperty kind -Path "$TestDrive/no.onnx" } }
        @{ Script = { @{ kind = 'x'; a = 'b' } | New-Classifier -LabelProperty kind -Path "$TestDrive/no.onnx" } }
        @{ Script = { @{ a = 1; kind = '' } | New-Classifier -LabelProperty kind -Path "$TestDrive/no.onnx" } }
    ) {
        (Get-Failure $Script).FullyQualifiedErrorId | Should -BeExactly "NoFeatures,$by"
        "$TestDrive/no.onnx" | Should -Not -Exist
    }

    It 'uses a column whose first value is <First>, and names the row that -Missing Skip skips' -ForEach @(
        @{ First = "''"; Value = '' }
        @{ First = 'NA'; Value = 'NA' }
        @{ First = 'inf'; Value = 'inf' }
        @{ First = '$null'; Value = $null }
    ) {
        # Only x tells the classes apart.
        $table = @([pscustomobject] @{ x = $Value; y = 1; cls = 'a' }) + @(foreach ($i in 1..60) {
                [pscustomobject] @{ x = $i % 2 * 3 + $i % 5 / 10; y = $i % 7; cls = ('a', 'b')[$i % 2] }
            })
        $result = $table | New-Classifier -LabelProperty cls -Path "$TestDrive/first.onnx" -WarningVariable warnings `
            -WarningAction SilentlyContinue -Missing Skip

        $result.Features | Should -BeExactly x, y
        $result.Accuracy | Should -Be 1
        $result.Skipped.Example | Should -BeExactly 'row 1'
        $warnings[0].Message | Should -BeLikeExactly "1 of 61 rows is skipped*'x' in row 1*"
    }

    It 'names the columns that it leaves out, with the reason' {
        $table = foreach ($i in 1..60) {
            [pscustomobject] @{
                id = 1000 + 3 * $i; code = "x$i"; day = [datetime] '2026-11-28'; none = ' '
                a = $i % 5; k = "k$($i % 2)"
            }
        }
        $result = $table | New-Classifier -LabelProperty k -Epochs 1 -Path "$TestDrive/left.onnx" `
            -WarningVariable warnings -WarningAction SilentlyContinue

        $result.Features | Should -BeExactly a
        $result.LeftOutColumns.ForEach('ToString') | Should -BeExactly @(
            'id: unique ascending whole numbers, as an identifier has', 'code: a different text in 60 of 60 rows'
            'day: the same value in all rows', 'none: no value in 60 of 60 rows')
        $warnings[0].Message | Should -BeLikeExactly "Columns that are left out: 'id' has unique*'day' has*-Feature*"

        $named = $table | New-Classifier -LabelProperty k -Feature id, a -Epochs 1 -Path "$TestDrive/left.onnx" `
            -WarningAction Ignore
        $named.Features | Should -BeExactly id, a
        $failure = Get-Failure { $table | New-Classifier -LabelProperty k -Feature none -Path "$TestDrive/no.onnx" }
        $failure.FullyQualifiedErrorId | Should -BeExactly "NoFeatures,$by"
        $failure.Exception.Message | Should -BeLikeExactly "*'none' cannot be used: it has no value in 60 of 60 rows*"
    }

    It 'learns from texts, dates and blanks, and stores the columns' {
        $table = foreach ($i in 0..119) {
            [pscustomobject] @{
                code = ('007', '07', '7', '')[$i % 4]
                since = '{0:d2}/{1:d2}/2025' -f ($i % 28 + 1), ($i % 12 + 1)
                size = $i % 9 -eq 0 ? $null : $i % 5 / 2
                answer = $i % 4 -in 0, 3 ? 'yes' : 'no'
            }
        }
        $lines = $table | New-Classifier -LabelProperty answer -Path "$TestDrive/mixed.onnx" -ExcludeFeature size `
            -Feature code, since, size -Epochs 40 -Verbose -WarningAction Ignore 4>&1
        $result = $lines[-1]

        $lines -match '^Column ' | Should -BeExactly "Column 'code': category.", "Column 'since': date, dd/MM/yyyy."
        $result.Accuracy | Should -BeGreaterThan 0.9
        "$($result.Columns)" | Should -BeExactly 'code (Category) since (Date)'
        $result.Columns[0].Categories.Value | Should -BeExactly '007', '07', '7'
        $result.Columns[0].HasMissingFeature | Should -BeTrue
        $metadata = (Get-OnnxModel "$TestDrive/mixed.onnx").Metadata
        $metadata.label_name | Should -BeExactly answer
        $columns = $metadata.columns | ConvertFrom-Json
        $columns.name | Should -BeExactly code, since
        $columns[0].categories | Should -BeExactly '007', '07', '7'
        ($result.Columns | Out-String -Width 80) -split '\r?\n' | Where-Object { $_ -match '^(code|since)' } |
            Should -MatchExactly '^code +Category +\d+ 007 \(\d+\); 07|^since +Date +0 2025-01-\d\d to 2025-12-'
    }

    It 'says which texts the file stores, or stores digests with -HashCategory' {
        $table = foreach ($i in 0..59) { [pscustomobject] @{ name = ('Ann', 'Bob')[$i % 2]; k = "k$($i % 2)" } }
        $common = @{ LabelProperty = 'k'; Epochs = 1; WarningAction = 'SilentlyContinue' }
        $null = $table | New-Classifier @common -Path "$TestDrive/plain.onnx" -WarningVariable warnings
        $hashed = $table | New-Classifier @common -Path "$TestDrive/hashed.onnx" -HashCategory -WarningVariable quiet

        $warnings[0].Message | Should -BeLikeExactly "The file stores*the texts of 'name'*-HashCategory*"
        $quiet.Message | Should -Not -BeLike '*-HashCategory*'
        $hashed.Columns[0].Categories[0].Value | Should -MatchExactly '^[0-9a-f]{64}$'
        foreach ($file in 'plain', 'hashed') {
            [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes("$TestDrive/$file.onnx")) -cmatch 'Ann' |
                Should -Be ($file -eq 'plain')
        }
    }

    It 'learns from free text with -Vectors, and names it otherwise' {
        $things = 'apple', 'car', 'soup', 'laptop', 'bread', 'river'
        $table = foreach ($i in 0..59) {
            [pscustomobject] @{ note = "I saw the $($things[$i % 6]) $i times"; k = "k$($i % 2)" }
        }
        $failure = Get-Failure { $table | New-Classifier -LabelProperty k -Path "$TestDrive/no.onnx" }
        $result = $table | New-Classifier -LabelProperty k -Path "$TestDrive/text.onnx" -Epochs 1 `
            -Vectors wordnet-300d -WarningAction Ignore

        $failure.Exception.Message | Should -BeLikeExactly "*'note' has free text, for which word vectors are needed*"
        $failure.Exception.Message | Should -BeLikeExactly '*-Vectors*'
        "$($result.Columns)" | Should -BeExactly 'note (Text)'
        $result.Columns[0].Dimensions | Should -Be 300
    }

    It 'takes the rows that modules for Excel give: numbers as double, dates as DateTime, blanks as null' {
        $sheet = foreach ($i in 0..59) {
            [pscustomobject] @{
                Amount = $i % 7 -eq 0 ? $null : [double] ($i % 5); Booked = [datetime]::new(2025, $i % 12 + 1, 3)
                Paid = [bool] ($i % 2); Region = ('North', 'South', $null)[$i % 3]; Late = $i % 3 -eq 0 ? 'yes' : 'no'
            }
        }
        $result = $sheet | New-Classifier -LabelProperty Late -Path "$TestDrive/sheet.onnx" -WarningAction Ignore

        "$($result.Columns)" | Should -BeExactly 'Amount (Number) Booked (Date) Paid (Boolean) Region (Category)'
        $result.Columns[0].Fill, $result.Columns[0].HasMissingFeature | Should -Be 2, $true
    }

    It 'trains on the only row of a class, never tests it, and names it' {
        $table = @(foreach ($i in 0..59) { [pscustomobject] @{ a = $i % 7; k = "k$($i % 2)" } }) +
            @([pscustomobject] @{ a = 3; k = 'one' }, [pscustomobject] @{ a = 4; k = 'single' })
        $result = $table | New-Classifier -LabelProperty k -Path "$TestDrive/rare.onnx" -Epochs 1 -CrossValidate 3 `
            -WarningVariable warnings -WarningAction SilentlyContinue

        $warnings.Message -like "The classes 'one', 'single' are represented by a single example*" |
            Should -HaveCount 1
        $result.Labels | Should -BeExactly k0, k1, one, single
        $result.Confusion.Support(2), $result.Confusion.Support(3) | Should -Be 0, 0
        $result.CrossValidation.Confusion.Support(2) | Should -Be 0

        $failure = Get-Failure { $table[-2..-1] | New-Classifier -LabelProperty k -Path "$TestDrive/no.onnx" }
        $failure.FullyQualifiedErrorId | Should -BeExactly "TooFewExamples,$by"
        $failure.Exception.Message | Should -BeLikeExactly "*'one' has 1, 'single' has 1*"
        $failure = Get-Failure { $table[0, 2] | New-Classifier -LabelProperty k -Path "$TestDrive/no.onnx" }
        $failure.FullyQualifiedErrorId | Should -BeExactly "OneClassOnly,$by"
    }

    It 'takes labels of 10,000 characters, thousands of columns, and NaN and infinity, which it names' {
        $table = foreach ($i in 0..11) {
            $row = [ordered] @{ k = (('x' * 10000), 'y')[$i % 2]; n = (1, 'NaN', 'inf', 2)[$i % 4] }
            foreach ($j in 1..2000) { $row["c$j"] = $i * $j % 5 }
            $row
        }
        $result = $table | New-Classifier -LabelProperty k -Path "$TestDrive/odd.onnx" -Epochs 1 `
            -WarningVariable warnings -WarningAction SilentlyContinue

        $result.Labels[0].Length | Should -Be 10000
        $result.Columns[0].Name, $result.Columns[0].Kind | Should -Be n, Number
        $result.Columns[0].Missing | Should -BeGreaterThan 0
        $warnings.Message -like "'n' has numbers that are not finite*in row 3*" | Should -HaveCount 1
        $warnings.Message.Length | Should -BeLessThan 5000
        ($result | Out-String -Width 120).Length | Should -BeLessThan 10000
    }

    It 'takes names that differ in case only as one column, and says so' {
        $table = foreach ($i in 0..39) {
            "{`"a`":$($i % 3),`"A`":$i,`"k`":`"k$($i % 2)`"}" | ConvertFrom-Json -AsHashtable
        }
        $result = $table | New-Classifier -LabelProperty k -Path "$TestDrive/case.onnx" -Epochs 1 -WarningAction Ignore

        $result.Features | Should -HaveCount 1
        $result.LeftOutColumns[0].Reason | Should -BeLikeExactly "a name that differs in case only from '*"
    }

    It 'uses true and false, as values and as text, and Invoke-OnnxModel takes the same' {
        $table = foreach ($i in 1..60) {
            [pscustomobject] @{ a = $i % 2 -eq 1; b = "$($i % 3 -eq 0)"; k = "k$($i % 2)" }
        }
        $result = $table | New-Classifier -LabelProperty k -Path "$TestDrive/bool.onnx"

        $result.Features | Should -BeExactly a, b
        $result.Accuracy | Should -Be 1
        $scores = ($true, 'True'), (1, '1') | Invoke-OnnxModel "$TestDrive/bool.onnx"
        $scores[0].probability | Should -Be $scores[1].probability
    }

    It 'reads <Texts> as <Mean> with <Format>' -ForEach @(
        @{ Texts = '1,500', '2,500'; Format = 'thousands marks'; Mean = 2000; More = @{} }
        @{ Texts = '1,500', '2,500'; Format = 'decimal commas'; Mean = 2; More = @{ Culture = 'comma' } }
        @{ Texts = '1,5', '2,5'; Format = 'decimal commas'; Mean = 2; More = @{ Culture = 'comma' } }
        @{ Texts = '1,5', '2,5'; Format = 'decimal commas in all rows'; Mean = 2; More = @{} }
        @{ Texts = '1500', '2500'; Format = 'no commas'; Mean = 2000; More = @{} }
    ) {
        if ($More.Culture) { $More = @{ Culture = Get-CommaCulture } }
        $table = foreach ($i in 0..39) { [pscustomobject] @{ a = $Texts[$i % 2]; k = "k$($i % 2)" } }
        $null = $table | New-Classifier -LabelProperty k -Path "$TestDrive/comma.onnx" @More

        # The standardisation subtracts the mean.
        $middle = , @($Mean) | Invoke-OnnxModel "$TestDrive/comma.onnx"
        $numbers = foreach ($i in 0..39) { [pscustomobject] @{ a = $Mean / 4 * (3 + $i % 2 * 2); k = "k$($i % 2)" } }
        $null = $numbers | New-Classifier -LabelProperty k -Path "$TestDrive/numbers.onnx"
        $middle.probability | Should -Be (, @($Mean) | Invoke-OnnxModel "$TestDrive/numbers.onnx").probability
    }

    It 'refuses <Texts> and names the row, the column and -Culture' -ForEach @(
        @{ Texts = '1,5', '2.5'; Named = '1,5' }
        @{ Texts = '1,500', '2500'; Named = '1,500' }
        @{ Texts = '1,25', '1.500'; Named = '1,25' }
    ) {
        $table = foreach ($i in 0..39) { [pscustomobject] @{ a = $Texts[$i % 2]; k = "k$($i % 2)" } }
        $failure = Get-Failure { $table | New-Classifier -LabelProperty k -Path "$TestDrive/refused.onnx" }

        $failure.FullyQualifiedErrorId | Should -BeExactly "NumberAmbiguous,$by"
        $failure.Exception.Message | Should -BeLikeExactly "Row 1 has '$Named' in 'a'*-Culture*"
        "$TestDrive/refused.onnx" | Should -Not -Exist
    }

    It 'says what the columns have instead of numbers such as <Text>' -ForEach @{ Text = '1kb' }, @{ Text = '0x10' } {
        $table = foreach ($i in 0..39) { [pscustomobject] @{ a = $Text; k = "k$($i % 2)" } }
        $failure = Get-Failure { $table | New-Classifier -LabelProperty k -Path "$TestDrive/units.onnx" }

        $failure.FullyQualifiedErrorId | Should -BeExactly "NoFeatures,$by"
        $failure.Exception.Message | Should -BeLikeExactly "*'a' has the same text in all rows, '$Text'*"
    }

    It 'does not drop the comma of a parameter' {
        $failure = Get-Failure { $rows | New-Classifier -LabelProperty kind -Hidden '5,3' }
        $failure.FullyQualifiedErrorId | Should -BeExactly "ParameterArgumentTransformationError,$by"
        $failure.Exception.Message | Should -BeLikeExactly "*'5,3' is not a number*"
    }

    Context 'with rare rows' {
        BeforeAll {
            # One row in ten is yes, and the two classes overlap.
            $random = [Random]::new(5)
            $rare = foreach ($i in 1..300) {
                $yes = $i % 10 -eq 0
                $x = [Math]::Round(($yes ? 1.2 : 0) + $random.NextDouble() + $random.NextDouble(), 4)
                $noise = [Math]::Round($random.NextDouble(), 4)
                [pscustomobject] @{ x = $x; noise = $noise; fraud = $yes ? 'yes' : 'no' }
            }
            $settings = @{
                LabelProperty = 'fraud'; Path = "$TestDrive/rare.onnx"; Epochs = 20; BatchSize = 16
                WarningAction = 'SilentlyContinue'; WarningVariable = 'warnings'
            }
        }

        It 'finds more of a rare class with balanced weights, and says that probabilities are then not frequencies' {
            $plain = $rare | New-Classifier @settings
            "$warnings" | Should -Not -BeLike '*frequencies*'
            $balanced = $rare | New-Classifier @settings -ClassWeight Balanced

            "$warnings" | Should -BeLikeExactly '*not frequencies*-Calibration Platt*'
            $balanced.Confusion.Recall(1) | Should -BeGreaterThan $plain.Confusion.Recall(1)
            (Get-OnnxModel "$TestDrive/rare.onnx").Metadata.training | Should -BeLike '*"class_weight":"balanced"*'

            $null = $rare | New-Classifier @settings -ClassWeight Balanced -Calibration Platt
            "$warnings" | Should -Not -BeLike '*frequencies*'
        }

        It 'writes the same file with -ClassWeight None and -Threshold 0.5 as without' {
            $first = (Get-FileHash ($rare | New-Classifier @settings).Model).Hash
            $second = (Get-FileHash ($rare | New-Classifier @settings -ClassWeight None -Threshold 0.5).Model).Hash

            $second | Should -BeExactly $first
        }

        It 'stores the threshold by <Threshold>, and the test uses it' -ForEach @(
            @{ Threshold = 'F1' }, @{ Threshold = 'Youden' }, @{ Threshold = 'youden' }, @{ Threshold = 0.25 }
            @{ Threshold = '0.25' }
        ) {
            $result = $rare | New-Classifier @settings -Threshold $Threshold

            $stored = (Get-OnnxModel "$TestDrive/rare.onnx").Metadata.threshold
            [float]::Parse($stored, [cultureinfo]::InvariantCulture) | Should -Be $result.Threshold
            $result.Threshold | Should -BeLessThan 0.5
            $result.Confusion.Predicted(1) | Should -BeGreaterThan 0
            ($result | Out-String) | Should -BeLike '*Decides:  yes from a probability of 0.*'
        }

        It 'calibrates by <Method>, and shows the error before and after' -ForEach @(
            @{ Method = 'Temperature' }, @{ Method = 'Platt' }
        ) {
            $result = $rare | New-Classifier @settings -Calibration $Method -EarlyStopping

            $result.Calibration.Method | Should -Be $Method
            $result.Calibration.Rows | Should -BeGreaterThan 30
            $result.Reliability.Rows | Should -Be $result.TestRows
            $result.UncalibratedReliability.Rows | Should -Be $result.TestRows
            $text = $result | Out-String
            $text | Should -MatchExactly (
                'Scales:   (temperature \d+\.\d{3}|Platt, \d\.\d{3}·z [+-] \d\.\d{3}), from \d+ held-out')
            $text | Should -BeLikeExactly '*Error:    of the probabilities 0.*, 0.* without the scaling*'
            $text -split '\r?\n' | ForEach-Object Length | Measure-Object -Maximum | ForEach-Object Maximum |
                Should -BeLessOrEqual 80
            $result | Export-ReliabilityPlot "$TestDrive/r.svg" | Get-Content -Raw | Should -BeLike '*before*'
            $result | Export-TrainingReport "$TestDrive/r.html" | Get-Content -Raw |
                Should -BeLikeExactly '*<h2>Reliability</h2>*'
        }

        It 'tests nothing with -TestFraction 0, and says so' {
            $result = $rare | New-Classifier @settings -TestFraction 0

            $result.Accuracy, $result.Report, $result.Confusion, $result.Mistakes |
                Should -Be $null, $null, $null, $null
            $result.TrainRows, $result.TestRows | Should -Be 300, 0
            $result | Out-String | Should -BeLikeExactly '*Tested:   not tested*'
            $page = $result | Export-TrainingReport "$TestDrive/n.html" | Get-Content -Raw
            $page | Should -Not -BeLike '*Test report*'
            $page | Should -BeLikeExactly '*Training rows</dt><dd>300*<dt>Test</dt><dd>none</dd>*'
        }

        It 'shows the spread of the folds, and names a class that some of them lack' {
            $few = @($rare | Where-Object fraud -EQ yes | Select-Object -First 4)
            $few += $rare | Where-Object fraud -EQ no
            $result = $few | New-Classifier @settings -CrossValidate 5

            $folds = $result.CrossValidation
            $folds.Minimum, $folds.Maximum | Should -Be @($folds.Accuracies | Sort-Object)[0, -1]
            $folds | Out-String | Should -MatchExactly 'Mean \d\.\d{4}, standard deviation \d\.\d{4}, from \d'
            $result | Out-String |
                Should -MatchExactly 'Folds:    5, accuracy \d\.\d+ ± \d\.\d+, from \d\.\d+ to \d\.\d+'
            "$warnings" | Should -BeLikeExactly "*'yes' is missing from the test of some of the 5 folds*"
        }

        It 'tests on the objects of -TestData alone, and trains on none of them' {
            $own, $test = $rare[0..199], $rare[200..299]
            $result = $own | New-Classifier @settings -TestData $test -UseAll -CrossValidate 4
            $weights = Get-LayerWeights $result.Model -Flat

            $result.TrainRows, $result.TestRows | Should -Be 200, 100
            $result.CrossValidation.Confusion.Total | Should -Be 200
            $result.Mistakes.Word | Should -BeLike 'test row *'
            $wrong = foreach ($row in $test) {
                [pscustomobject] @{ x = $row.x; noise = $row.noise; fraud = $row.fraud -eq 'yes' ? 'no' : 'yes' }
            }
            $other = $own | New-Classifier @settings -TestData $wrong -UseAll
            $other.Accuracy | Should -BeLessThan 0.5
            $result.Accuracy + $other.Accuracy | Should -Be 1

            (Get-LayerWeights $result.Model -Flat | Out-String) | Should -BeExactly ($weights | Out-String)
        }

        It 'goes on from a saved model with the columns of that model' {
            $table = foreach ($i in 0..79) {
                [pscustomobject] @{ x = $i % 9 -eq 0 ? '' : $i % 7; c = ('r', 'g')[$i % 2]; k = "k$($i % 2)" }
            }
            $common = @{ LabelProperty = 'k'; Epochs = 3; WarningAction = 'SilentlyContinue' }
            $first = $table | New-Classifier @common -Path "$TestDrive/first.onnx"
            $more = $table[0..39] | ForEach-Object { [pscustomobject] @{ c = $_.c; id = 7; x = 'text'; k = $_.k } }
            $second = $more | New-Classifier @common -Path "$TestDrive/second.onnx" -Continue "$TestDrive/first.onnx" `
                -WarningVariable warnings

            $second.Columns[0].Mean | Should -Be $first.Columns[0].Mean
            "$($second.Columns)" | Should -BeExactly 'x (Number) c (Category)'
            $second.History.Epochs[0].Loss | Should -BeLessThan $first.History.Epochs[0].Loss
            $warnings.Message -like "'x' has text in 40 of 40 rows*counts as missing." | Should -HaveCount 1

            $failure = Get-Failure {
                $table | New-Classifier @common -Path "$TestDrive/no.onnx" -Continue "$TestDrive/first.onnx" -Feature x
            }
            $failure.FullyQualifiedErrorId | Should -BeExactly "ContinueUnfit,$by"
        }

        It 'goes on from a saved model with its columns and classes' {
            $colours = foreach ($i in 0..119) {
                [pscustomobject] @{ x = $i % 7 / 7; colour = ('red', 'green', 'blue')[$i % 3]; kind = "k$($i % 3 % 2)" }
            }
            $more = @{ LabelProperty = 'kind'; TestFraction = 0; WarningAction = 'Ignore' }
            $first = $colours[0..59] | New-Classifier @more -Path "$TestDrive/first.onnx" -Hidden 4 -Epochs 3
            $same = $colours | New-Classifier @more -Path "$TestDrive/same.onnx" -Continue $first.Model `
                -Epochs 1 -LearningRate 1e-12 -Seed 7
            $on = $colours[60..119] | New-Classifier @more -Path "$TestDrive/on.onnx" -Continue $first.Model -Epochs 30

            $weights = $first, $same, $on | ForEach-Object { (Get-LayerWeights $_.Model -Flat).Value -join ' ' }
            $weights[1] | Should -BeExactly $weights[0]
            $weights[2] | Should -Not -BeExactly $weights[0]
            $schemas = $first, $same, $on | ForEach-Object { (Get-OnnxModel $_.Model).Metadata.columns }
            $schemas[1], $schemas[2] | Should -BeExactly $schemas[0], $schemas[0]
            $on.History.Epochs[-1].Loss | Should -BeLessThan $first.History.Epochs[-1].Loss

            foreach ($case in @(
                    @{ Id = 'ContinueUnfit'; Rows = $colours | Select-Object x, kind }
                    @{ Id = 'LabelUnknown'; Rows = $colours | Select-Object x, colour, @{ n = 'kind'; e = { 'k9' } } }
                    @{ Id = 'ContinueUnfit'; Rows = $colours; More = @{ Hidden = 8 } }
                    @{ Id = 'ContinueUnfit'; Rows = $colours; More = @{ Feature = 'x' } }
                )) {
                $other = $case.More ?? @{}
                $failure = Get-Failure {
                    $case.Rows | New-Classifier -LabelProperty kind -Path "$TestDrive/no.onnx" @other `
                        -Continue $first.Model
                }

                $failure.FullyQualifiedErrorId | Should -BeExactly "$($case.Id),$by"
            }

            "$TestDrive/no.onnx" | Should -Not -Exist
        }

        It 'tests on rows of the same kinds, which do not change what the columns are' {
            # Numbers of customers are identifiers in the training rows, whatever those of the test are.
            $own = foreach ($i in 1..60) {
                [pscustomobject] @{ id = $i; size = $i % 5; colour = ('red', 'blue')[$i % 2]; k = "k$($i % 2)" }
            }
            $test = foreach ($i in 1..20) {
                [pscustomobject] @{ id = 1; size = $null; colour = $i % 2 ? 'blue' : 'green'; k = "k$($i % 2)" }
            }
            $result = $own | New-Classifier -LabelProperty k -TestData $test -Path "$TestDrive/kinds.onnx" `
                -WarningAction Ignore

            $result.LeftOutColumns.Name | Should -Contain id
            $result.TestRows | Should -Be 20
            $result.Features | Should -BeExactly size, colour
        }

        It 'does not go on from a model without columns' {
            $failure = Get-Failure {
                $rare | New-Classifier -LabelProperty fraud -Path "$TestDrive/no.onnx" -Continue noise
            }

            $failure.FullyQualifiedErrorId | Should -BeExactly "ContinueUnfit,$by"
        }

        It 'refuses test data <What>' -ForEach @(
            @{ What = 'without a label'; Row = @{ x = 1; noise = 1 }; Id = 'PropertyNotFound' }
            @{ What = 'without a column'; Row = @{ x = 1; fraud = 'no' }; Id = 'TestDataUnfit' }
            @{ What = 'of another class'; Row = @{ x = 1; noise = 1; fraud = 'maybe' }; Id = 'LabelUnknown' }
            @{ What = 'with a fraction'; Row = @{ x = 1; noise = 1; fraud = 'no' }; Id = 'TestedTwice'
                More = @{ TestFraction = 0.5 } }
        ) {
            $More ??= @{}
            $failure = Get-Failure {
                $rare | New-Classifier -LabelProperty fraud -Path "$TestDrive/no.onnx" @More `
                    -TestData ([pscustomobject] $Row)
            }

            $failure.FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
            "$TestDrive/no.onnx" | Should -Not -Exist
        }

        It 'refuses <What>' -ForEach @(
            @{ What = 'a threshold above 1'; With = @{ Threshold = 1.5 }; Id = 'ThresholdOutOfRange' }
            @{ What = 'a threshold that is a word'; With = @{ Threshold = 'best' }
                Id = 'ParameterArgumentTransformationError' }
            @{ What = 'a threshold of several classes'; With = @{ Threshold = 'F1' }; Of = 3; Id = 'NotTwoClasses' }
            @{ What = 'Platt for several classes'; With = @{ Calibration = 'Platt' }; Of = 3; Id = 'NotTwoClasses' }
            @{ What = 'a negative fraction'; With = @{ TestFraction = -0.1 }; Id = 'FractionOutOfRange' }
        ) {
            $data = $Of ? $rows : $rare
            $label = $Of ? 'kind' : 'fraud'
            $failure = Get-Failure { $data | New-Classifier -LabelProperty $label -Path "$TestDrive/no.onnx" @With }

            $failure.FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
            "$TestDrive/no.onnx" | Should -Not -Exist
        }
    }
}
