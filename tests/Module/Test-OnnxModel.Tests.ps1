#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    $folder = "$PSScriptRoot/../data/onnx"
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $by = 'OnnxDeep.PowerShell.Onnx.TestOnnxModelCommand'
}

Describe 'Test-OnnxModel' {
    It 'passes what ONNX''s own folders expect' {
        $tests = Test-OnnxModel $folder

        $tests | Should -HaveCount 22
        $tests[0].PSObject.TypeNames[0] | Should -BeExactly OnnxDeep.ModelTestResult
        $tests | Where-Object Passed | Should -HaveCount 20
        $tests | Where-Object { -not $_.Passed -and -not $_.Skipped } | Should -BeNullOrEmpty
        ($tests | Where-Object Skipped).Reason | Should -Match 'Gradient'
    }

    It 'takes folders from the pipeline' {
        (Get-ChildItem $folder -Filter test_s* | Test-OnnxModel).Name | Should -Contain 'test_sign_model'
    }

    It 'fails what is further off than the tolerances' {
        Copy-Item "$folder/test_single_relu_model" "$TestDrive/relu" -Recurse
        $data = "$TestDrive/relu/test_data_set_0/output_0.pb"
        $bytes = [IO.File]::ReadAllBytes($data)
        $bytes[-1] = $bytes[-1] -bxor 0x40
        [IO.File]::WriteAllBytes($data, $bytes)

        $test = Test-OnnxModel "$TestDrive/relu"

        $test.Passed | Should -BeFalse
        $test.FirstDifference | Should -BeLike 'output*expected*got*'
        $test.MaxAbsoluteError | Should -BeGreaterThan 0
    }

    It 'fits eighty columns' {
        $PSStyle.OutputRendering = 'PlainText'
        (Test-OnnxModel $folder | Out-String -Width 80).Split("`n").TrimEnd() |
            Where-Object Length -GT 80 | Should -BeNullOrEmpty
    }

    It 'is ModelTestsNotFound if there is no model' {
        Test-OnnxModel $TestDrive/nosuch @silent | Should -BeNullOrEmpty

        @($problems)[-1].FullyQualifiedErrorId | Should -BeExactly "ModelTestsNotFound,$by"
    }

    It 'says that a file is not a folder, whatever characters its name has' {
        Copy-Item "$folder/test_single_relu_model/model.onnx" -Destination "$TestDrive/br[1].onnx"

        Test-OnnxModel "$TestDrive/br[1].onnx" @silent | Should -BeNullOrEmpty

        $problems.FullyQualifiedErrorId | Should -BeExactly "ModelTestsNotFound,$by"
        $problems.Exception.Message | Should -BeLike '*br`[1`].onnx'' is a file, but a test is a folder*'
    }
}
