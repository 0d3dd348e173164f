#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    $models = "$((Get-Module OnnxDeep).ModuleBase)/models"
    $by = 'OnnxDeep.PowerShell.Cmdlets.ExportWordModelCommand'
}

Describe 'Export-WordModel' {
    It 'makes the file that ships of the model that ships' {
        $file = Export-WordModel -Model food -Path "$TestDrive/food-words.onnx"

        $file.Path | Should -Be (Convert-Path "$TestDrive/food-words.onnx")
        $file.Size | Should -Be (Get-Item $file.Path).Length
        $file.Size | Should -BeLessThan 4e6
        (Get-FileHash $file.Path).Hash | Should -Be (Get-FileHash "$models/food-words.onnx").Hash
    }

    It 'shows keys, spellings, rows, size and path' {
        $text = Export-WordModel "$TestDrive/view.onnx" -Keys 1000 | Out-String -Width 200

        $text | Should -Match 'Keys +Spellings +Rows +Size +Path'
        $text | Should -Match '1,000 .* KB .*view\.onnx'
    }

    It 'takes what New-WordClassifier gives' {
        $file = New-WordClassifier -Positive apple, pear, bread, soup, salad -Negative car, bus, road, house, lamp -Path "$TestDrive/own.onnx" |
            Export-WordModel "$TestDrive/own-words.onnx" -Keys 5000

        $file.Keys | Should -Be 5000
        $difference = (Test-Word water -Model $file.Path).Probability - (Test-Word water -Model "$TestDrive/own.onnx").Probability
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
        (Export-WordModel "$TestDrive/few.onnx" -Keys 2000).Keys | Should -Be 2000
        $answers = 'water', 'zymurgy' | Test-FoodWord -Model "$TestDrive/few.onnx" -WarningAction SilentlyContinue
        $answers.IsKnown | Should -Be $true, $false
    }

    It 'asks Test-FoodWord what the whole model answers' {
        $words = 'Salad', 'ice-cream', 'LAPTOP', '"tofu"'
        $folded = $words | Test-FoodWord -Model food-words
        $whole = $words | Test-FoodWord

        $folded.Label | Should -Be $whole.Label
        0..3 | ForEach-Object { [Math]::Abs($folded[$_].Probability - $whole[$_].Probability) | Should -BeLessThan 1e-5 }
    }

    It 'writes nothing with -WhatIf' {
        Export-WordModel "$TestDrive/never.onnx" -WhatIf | Should -BeNullOrEmpty
        "$TestDrive/never.onnx" | Should -Not -Exist
    }

    It 'leaves a file that is there with -NoClobber' {
        Set-Content "$TestDrive/mine.onnx" mine
        { Export-WordModel "$TestDrive/mine.onnx" -NoClobber } | Should -Throw -ErrorId "FileExists,$by"
        Get-Content "$TestDrive/mine.onnx" | Should -Be mine
    }

    It 'refuses <Name> <Value> as <Id>' -ForEach @(
        @{ Id = 'ModelNotFound'; Name = 'Model'; Value = 'nosuch' }
        @{ Id = 'ModelNotOnnx'; Name = 'Model'; Value = 'TestDrive:\text.onnx' }
        @{ Id = 'ModelNotDense'; Name = 'Model'; Value = 'food-words' }
        @{ Id = 'ModelInputMismatch'; Name = 'Model'; Value = 'noise' }
        @{ Id = 'VectorsNotFound'; Name = 'Vectors'; Value = 'nosuch' }
        @{ Id = 'VectorsDamaged'; Name = 'Vectors'; Value = 'TestDrive:\text.safetensors' }
    ) {
        Set-Content "$TestDrive/text.onnx" 'I am no model'
        Set-Content "$TestDrive/text.safetensors" 'I am no table'

        $parameter = @{ $Name = $Value }
        { Export-WordModel "$TestDrive/never.onnx" @parameter } | Should -Throw -ErrorId "$Id,$by"
        "$TestDrive/never.onnx" | Should -Not -Exist
    }
}
