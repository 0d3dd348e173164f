#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    $models = "$((Get-Module OnnxDeep).ModuleBase)/models"
    $by = 'OnnxDeep.PowerShell.Words.ExportWordModelCommand'
}

Describe 'Export-WordModel' {
    It 'makes the file that ships of the model that ships' {
        $file = Export-WordModel -Model food -Path "$TestDrive/food-words.onnx"

        $file.PSObject.TypeNames[0] | Should -BeExactly OnnxDeep.Words.Export.WordModelExport
        $file.Keys | Should -Be 99539
        $file.Path | Should -BeExactly (Convert-Path "$TestDrive/food-words.onnx")
        $file.Size | Should -Be (Get-Item $file.Path).Length
        $file.Size | Should -BeLessThan 4e6
        (Get-FileHash $file.Path).Hash | Should -Be (Get-FileHash "$models/food-words.onnx").Hash
    }

    It 'does not write vectors whose content is not what their digest says' {
        $bytes = [IO.File]::ReadAllBytes((Get-WordVectorTable wordnet-300d).Path)
        $bytes[-1] = $bytes[-1] -bxor 1
        [IO.File]::WriteAllBytes("$TestDrive/flipped.safetensors", $bytes)

        $failure = Get-Failure { Export-WordModel "$TestDrive/never.onnx" -Vectors "$TestDrive/flipped.safetensors" }

        $failure.FullyQualifiedErrorId | Should -BeExactly "DigestMismatch,$by"
        "$TestDrive/never.onnx" | Should -Not -Exist
    }

    It 'shows keys, spellings, rows, size and path' {
        $text = Export-WordModel "$TestDrive/view.onnx" -Keys 1000 | Out-String -Width 200

        $text | Should -Match 'Keys +Spellings +Rows +Size +Path'
        $text | Should -Match "$([regex]::Escape((1000).ToString('N0'))) .* KB .*view\.onnx"
    }

    It 'takes what New-WordClassifier gives' {
        $lists = @{
            Positive = 'apple', 'pear', 'bread', 'soup', 'salad'
            Negative = 'car', 'bus', 'road', 'house', 'lamp'
        }
        $file = New-WordClassifier @lists -Path "$TestDrive/own.onnx" |
            Export-WordModel "$TestDrive/own-words.onnx" -Keys 5000

        $file.Keys | Should -Be 5000
        $difference = (Test-Word water -Model $file.Path).Probability -
            (Test-Word water -Model "$TestDrive/own.onnx").Probability
        [math]::Abs($difference) | Should -BeLessThan 1e-5
    }

    It 'takes a path of the current location' {
        Push-Location $TestDrive
        try {
            Export-WordModel here.onnx -Keys 10 | Out-Null
            'here.onnx' | Should -Exist
        } finally {
            Pop-Location
        }
    }

    It 'keeps the most common words with -Keys' {
        (Export-WordModel "$TestDrive/few.onnx" -Keys 5000).Keys | Should -Be 5000
        $answers = 'Water', 'zymurgy' |
            Test-FoodWord -Model "$TestDrive/few.onnx" -WarningAction SilentlyContinue -WarningVariable warnings

        $answers.Model | Should -BeExactly few, few
        $answers.IsKnown | Should -Be $true, $false
        $warnings | Should -HaveCount 1
        $warnings.Message | Should -BeExactly "1 word is unknown: the model 'few' does not contain it."
    }

    It 'compares the answers of Test-FoodWord with those of the original model' {
        $words = 'Salad', 'ice-cream', 'LAPTOP', '"tofu"', '«Ice-Cream»'
        $folded = $words | Test-FoodWord -Model food-words -WarningVariable warnings
        $whole = $words | Test-FoodWord

        $warnings | Should -BeNullOrEmpty
        $folded.Label | Should -BeExactly $whole.Label
        foreach ($i in 0..4) {
            [Math]::Abs($folded[$i].Probability - $whole[$i].Probability) | Should -BeLessThan 1e-5
        }
    }

    It 'writes nothing with -WhatIf' {
        $folder = New-Item "$TestDrive/whatif" -ItemType Directory
        Export-WordModel "$folder/never.onnx" -WhatIf | Should -BeNullOrEmpty
        Get-ChildItem $folder | Should -BeNullOrEmpty
    }

    It 'leaves a file that is there with -NoClobber' {
        Set-Content "$TestDrive/mine.onnx" mine
        $failure = Get-Failure { Export-WordModel "$TestDrive/mine.onnx" -NoClobber }

        $failure.FullyQualifiedErrorId | Should -BeExactly "FileExists,$by"
        $failure.CategoryInfo.Category | Should -BeExactly ResourceExists
        Get-Content "$TestDrive/mine.onnx" | Should -BeExactly mine
    }

    It 'is OutputNotWritable below a file' {
        Set-Content "$TestDrive/file" 'in the way'
        $failure = Get-Failure { Export-WordModel "$TestDrive/file/words.onnx" -Keys 10 }

        $failure.FullyQualifiedErrorId | Should -BeExactly "OutputNotWritable,$by"
        $failure.CategoryInfo.Category | Should -BeExactly WriteError
    }

    It 'refuses a model that was trained on other vectors unless -Force is given' {
        $text = [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes("$models/food.onnx"))
        $text = $text -replace '[0-9a-f]{64}', ('0' * 64)
        [IO.File]::WriteAllBytes("$TestDrive/elsewhere.onnx", [Text.Encoding]::Latin1.GetBytes($text))
        $model = @{ Model = "$TestDrive/elsewhere.onnx"; Path = "$TestDrive/forced.onnx" }

        (Get-Failure { Export-WordModel @model }).FullyQualifiedErrorId | Should -BeExactly "VectorsMismatch,$by"
        $model.Path | Should -Not -Exist
        $null = Export-WordModel @model -Keys 10 -Force
        $model.Path | Should -Exist
    }

    It 'refuses <Name> <Value> as <Id>' -ForEach @(
        @{ Id = 'ModelNotFound'; Category = 'ObjectNotFound'; Name = 'Model'; Value = 'nosuch' }
        @{ Id = 'ModelNotOnnx'; Category = 'InvalidData'; Name = 'Model'; Value = 'TestDrive:\text.onnx' }
        @{ Id = 'ModelNotDense'; Category = 'InvalidType'; Name = 'Model'; Value = 'food-words' }
        @{ Id = 'ModelInputMismatch'; Category = 'InvalidType'; Name = 'Model'; Value = 'noise' }
        @{ Id = 'VectorsNotFound'; Category = 'ObjectNotFound'; Name = 'Vectors'; Value = 'nosuch' }
        @{ Id = 'VectorsDamaged'; Category = 'InvalidData'; Name = 'Vectors'; Value = 'TestDrive:\text.safetensors' }
        @{ Id = 'ParameterArgumentValidationError'; Category = 'InvalidData'; Name = 'Keys'; Value = 0 }
    ) {
        Set-Content "$TestDrive/text.onnx" 'I am no model'
        Set-Content "$TestDrive/text.safetensors" 'I am no table'

        $parameter = @{ $Name = $Value }
        $failure = Get-Failure { Export-WordModel "$TestDrive/never/never.onnx" @parameter }

        $failure.FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
        $failure.CategoryInfo.Category | Should -Be $Category
        Get-ChildItem "$TestDrive/never" -ErrorAction Ignore | Should -BeNullOrEmpty
    }
}
